const OCTET = /^(?:0|[1-9]\d?|1\d\d|2[0-4]\d|25[0-5])$/

const isV4 = (text: string): boolean => {
  const parts = text.split('.')
  return parts.length === 4 && parts.every((part) => OCTET.test(part))
}

/** How many groups of 16 bits one side of `::` has, or not a number. */
const groupsIn = (text: string): number => {
  if (text === '') return 0
  const parts = text.split(':')
  return parts.reduce((groups, part, at) => {
    if (/^[0-9a-fA-F]{1,4}$/.test(part)) return groups + 1
    return at === parts.length - 1 && isV4(part) ? groups + 2 : Number.NaN
  }, 0)
}

/** True for an IPv6 address without a zone. */
export const isV6 = (text: string): boolean => {
  const [head = '', tail, ...more] = text.split('::')
  if (more.length > 0) return false
  if (tail === undefined) return groupsIn(head) === 8
  return !isV4(head) && groupsIn(head) + groupsIn(tail) <= 7 && !head.includes('.')
}

export const isAddress = (text: string): boolean => isV4(text) || isV6(text)

/** An address of 4 or 16 bytes as text; an IPv4 one inside of IPv6 as IPv4. Source: Go's `net.IP.String`. */
export const addressText = (bytes: Uint8Array): string => {
  const isMapped =
    bytes.length === 16 && bytes.subarray(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff
  if (bytes.length === 4 || isMapped) return bytes.subarray(-4).join('.')
  const groups = Array.from({ length: 8 }, (_, at) =>
    ((bytes[at * 2] ?? 0) * 0x100 + (bytes[at * 2 + 1] ?? 0)).toString(16),
  )
  // The longest run of zero groups, the first of equals, is written `::` (RFC 5952).
  const runs = [...groups.join(',').matchAll(/(?:^|,)(0(?:,0)+)(?=,|$)/g)].map((match) => match[1] ?? '')
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '')
  if (longest === '') return groups.join(':')
  return `,${groups.join(',')},`.replace(`,${longest},`, '::').replace(/^,|,$/g, '').replaceAll(',', ':')
}
