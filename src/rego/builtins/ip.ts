/** An address of either family as a whole number. */
export interface Address {
  readonly bits: 32 | 128
  readonly address: bigint
}

const OCTET = /^(?:0|[1-9]\d{0,2})$/

const parseV4 = (text: string): bigint | undefined => {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => OCTET.test(part) && Number(part) < 256)) return undefined
  return parts.reduce((address, part) => (address << 8n) | BigInt(part), 0n)
}

/** The 16-bit groups of one side of `::`, or of an address without one. */
const groupsOf = (text: string): readonly bigint[] | undefined => {
  const parts = text === '' ? [] : text.split(':')
  return parts.every((part) => /^[0-9a-fA-F]{1,4}$/.test(part)) ? parts.map((part) => BigInt(`0x${part}`)) : undefined
}

/** An IPv4 address at the end, written as the two groups that it is. */
const withoutV4 = (text: string): string | undefined => {
  const start = text.lastIndexOf(':') + 1
  if (!text.includes('.', start)) return text
  const v4 = parseV4(text.slice(start))
  return v4 === undefined
    ? undefined
    : `${text.slice(0, start)}${(v4 >> 16n).toString(16)}:${(v4 & 0xffffn).toString(16)}`
}

const parseV6 = (text: string): bigint | undefined => {
  const halves = withoutV4(text)?.split('::') ?? []
  const [head, tail] = halves.map(groupsOf)
  if (halves.length > 2 || head === undefined || (halves.length === 2 && tail === undefined)) return undefined
  const known = head.length + (tail?.length ?? 0)
  if (halves.length === 1 ? known !== 8 : known > 7) return undefined
  const groups = [...head, ...Array<bigint>(8 - known).fill(0n), ...(tail ?? [])]
  return groups.reduce((address, group) => (address << 16n) | group, 0n)
}

/** An address without a zone. Source: Go's `netip.ParseAddr`. */
export const parseAddress = (text: string): Address | undefined => {
  const v4 = parseV4(text)
  if (v4 !== undefined) return { bits: 32, address: v4 }
  const v6 = parseV6(text)
  return v6 === undefined ? undefined : { bits: 128, address: v6 }
}

const textV6 = (address: bigint): string => {
  const groups = Array.from({ length: 8 }, (_, at) => ((address >> BigInt(112 - at * 16)) & 0xffffn).toString(16))
  // The longest run of zero groups, the first of equals, is written `::` (RFC 5952).
  const runs = [...groups.join(',').matchAll(/(?:^|,)(0(?:,0)+)(?=,|$)/g)].map((match) => match[1] ?? '')
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '')
  if (longest === '') return groups.join(':')
  return `,${groups.join(',')},`.replace(`,${longest},`, '::').replace(/^,|,$/g, '').replaceAll(',', ':')
}

/** An address as Go prints it. */
export const addressText = ({ bits, address }: Address): string =>
  bits === 128 ? textV6(address) : [24n, 16n, 8n, 0n].map((shift) => String((address >> shift) & 0xffn)).join('.')
