import { quoteBytes } from './quote-bytes'

/** What is at fault, and from which place on where Go says so. */
interface Fault {
  readonly what: string
  readonly at?: string
}

const fault = (what: string, at?: string): Fault => (at === undefined ? { what } : { what, at })

const v4Fault = (text: string): Fault | undefined => {
  let [field, fields] = ['', 1]
  for (const { 0: character, index } of text.matchAll(/[\s\S]/g)) {
    if (/\d/.test(character)) {
      if (field === '0') return fault('IPv4 field has octet with leading zero')
      field += character
      if (Number(field) > 255) return fault('IPv4 field has value >255')
    } else if (character !== '.') return fault('unexpected character', text.slice(index))
    else if (field === '' || index === text.length - 1)
      return fault('IPv4 field must have at least one digit', text.slice(index))
    else if (fields === 4) return fault('IPv4 address too long')
    else [field, fields] = ['', fields + 1]
  }
  return fields < 4 ? fault('IPv4 address too short') : undefined
}

/** The fault of a group at the start of what is left; `groups` went before it. */
const groupFault = (rest: string, digits: string, groups: number, compressed: boolean): Fault | undefined => {
  if (digits.length > 4) return fault('each group must have 4 or less digits', rest)
  if (digits === '') return fault('each colon-separated field must have at least one digit', rest)
  if (rest.charAt(digits.length) !== '.') return undefined
  if (!compressed && groups !== 6)
    return fault('embedded IPv4 address must replace the final 2 fields of the address', rest)
  return groups > 6
    ? fault('too many hex fields to fit an embedded IPv4 at the end of the address', rest)
    : v4Fault(rest)
}

const v6Fault = (text: string): Fault | undefined => {
  const percent = text.indexOf('%')
  if (percent === text.length - 1) return fault('zone must be a non-empty string')
  const address = percent < 0 ? text : text.slice(0, percent)
  let [rest, groups, compressed] = [address, 0, address.startsWith('::')]
  if (compressed) rest = rest.slice(2)
  while (rest !== '' && groups < 8) {
    const digits = /^[0-9a-fA-F]{0,5}/.exec(rest)?.[0] ?? ''
    const found = groupFault(rest, digits, groups, compressed)
    if (found !== undefined) return found
    const isV4 = rest.charAt(digits.length) === '.'
    groups += isV4 ? 2 : 1
    rest = isV4 ? '' : rest.slice(digits.length)
    if (rest === '') break
    if (!rest.startsWith(':')) return fault('unexpected character, want colon', rest)
    if (rest === ':') return fault('colon must be followed by more characters', rest)
    rest = rest.slice(1)
    if (!rest.startsWith(':')) continue
    if (compressed) return fault('multiple :: in address', rest)
    compressed = true
    rest = rest.slice(1)
  }
  if (rest !== '') return fault('trailing garbage after address', rest)
  if (groups < 8) return compressed ? undefined : fault('address string too short')
  return compressed ? fault('the :: must expand to at least one field of zeros') : undefined
}

const faultOf = (text: string): Fault | undefined => {
  switch (/[.:%]/.exec(text)?.[0]) {
    case '.':
      return v4Fault(text)
    case ':':
      return v6Fault(text)
    case '%':
      return fault('missing IPv6 address')
    default:
      return fault('unable to parse IP')
  }
}

/** Why a byte string is no address, as Go says it; undefined for an address. Source: Go's `netip.ParseAddr`. */
export const addressFault = (text: string): string | undefined => {
  const found = faultOf(text)
  if (found === undefined) return undefined
  const at = found.at === undefined || found.at === '' ? '' : ` (at ${quoteBytes(found.at)})`
  return `ParseAddr(${quoteBytes(text)}): ${found.what}${at}`
}
