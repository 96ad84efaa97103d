import { BuiltinRefusal, type Family } from '../builtin'
import { isRegoArray, type RegoValue } from '../value'

/** A block of addresses of one family, as whole numbers. */
interface Block {
  readonly bits: 32 | 128
  readonly first: bigint
  readonly last: bigint
}

const OCTET = /^(?:0|[1-9]\d{0,2})$/

const parseV4 = (text: string): bigint | undefined => {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => OCTET.test(part) && Number(part) < 256)) return undefined
  return parts.reduce((address, part) => (address << 8n) | BigInt(part), 0n)
}

/** The 16-bit groups of one side of `::`; an IPv4 address may stand last. */
const groupsOf = (text: string): readonly bigint[] | undefined => {
  if (text === '') return []
  const groups: bigint[] = []
  const parts = text.split(':')
  for (const [at, part] of parts.entries()) {
    const v4 = at === parts.length - 1 && part.includes('.') ? parseV4(part) : undefined
    if (v4 !== undefined) groups.push(v4 >> 16n, v4 & 0xffffn)
    else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(BigInt(`0x${part}`))
    else return undefined
  }
  return groups
}

const parseV6 = (text: string): bigint | undefined => {
  const halves = text.split('::')
  const [head, tail] = halves.map(groupsOf)
  if (halves.length > 2 || head === undefined || (halves.length === 2 && tail === undefined)) return undefined
  const known = head.length + (tail?.length ?? 0)
  if (halves.length === 1 ? known !== 8 : known > 7) return undefined
  const groups = [...head, ...Array<bigint>(8 - known).fill(0n), ...(tail ?? [])]
  return groups.reduce((address, group) => (address << 16n) | group, 0n)
}

const parseAddress = (text: string): { readonly bits: 32 | 128; readonly address: bigint } | undefined => {
  const v4 = parseV4(text)
  if (v4 !== undefined) return { bits: 32, address: v4 }
  const v6 = parseV6(text)
  return v6 === undefined ? undefined : { bits: 128, address: v6 }
}

const blockOf = (bits: 32 | 128, address: bigint, prefix: number): Block => {
  const host = (1n << BigInt(bits - prefix)) - 1n
  const first = address & ~host & ((1n << BigInt(bits)) - 1n)
  return { bits, first, last: first | host }
}

/** A block as Go's `net.ParseCIDR` reads it. */
const parseCidr = (text: string): Block | undefined => {
  const [written = '', prefix = '', ...rest] = text.split('/')
  const parsed = parseAddress(written)
  if (parsed === undefined || rest.length > 0 || !/^(?:0|[1-9]\d{0,2})$/.test(prefix)) return undefined
  return Number(prefix) > parsed.bits ? undefined : blockOf(parsed.bits, parsed.address, Number(prefix))
}

/** The prefix that an IPv4 address has by its class. */
const classPrefix = (address: bigint): number => {
  const octet = address >> 24n
  if (octet < 128n) return 8
  if (octet < 192n) return 16
  if (octet < 224n) return 24
  throw new BuiltinRefusal('an address of no class needs a prefix length')
}

const blockOrAddress = (value: RegoValue): Block => {
  if (typeof value !== 'string') throw new BuiltinRefusal('element must be string')
  const address = parseV4(value)
  if (address !== undefined) return blockOf(32, address, classPrefix(address))
  const block = parseCidr(value)
  if (block === undefined) throw new BuiltinRefusal('an element is no address block')
  return block
}

/** Overlapping and adjacent blocks of one family as one. */
const union = (blocks: readonly Block[]): readonly Block[] => {
  const merged: Block[] = []
  for (const block of [...blocks].sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0))) {
    const before = merged.at(-1)
    if (before === undefined || block.first > before.last + 1n) merged.push(block)
    else if (block.last > before.last) merged[merged.length - 1] = { ...before, last: block.last }
  }
  return merged
}

const textV6 = (address: bigint): string => {
  const groups = Array.from({ length: 8 }, (_, at) => ((address >> BigInt(112 - at * 16)) & 0xffffn).toString(16))
  // The longest run of zero groups, the first of equals, is written `::` (RFC 5952).
  const runs = [...groups.join(',').matchAll(/(?:^|,)(0(?:,0)+)(?=,|$)/g)].map((match) => match[1] ?? '')
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '')
  if (longest === '') return groups.join(':')
  return `,${groups.join(',')},`.replace(`,${longest},`, '::').replace(/^,|,$/g, '').replaceAll(',', ':')
}

const textOf = (bits: 32 | 128, address: bigint): string =>
  bits === 128 ? textV6(address) : [24n, 16n, 8n, 0n].map((shift) => String((address >> shift) & 0xffn)).join('.')

/** The fewest blocks that cover a range. */
const cidrsOf = ({ bits, first, last }: Block): readonly string[] => {
  const texts: string[] = []
  for (let at = first; at <= last; ) {
    let size = 0n
    while (size < BigInt(bits) && (at & ((1n << (size + 1n)) - 1n)) === 0n && at + (1n << (size + 1n)) - 1n <= last)
      size += 1n
    texts.push(`${textOf(bits, at)}/${bits - Number(size)}`)
    at += 1n << size
  }
  return texts
}

/** `net.*`. Source: OPA's policy reference, section "Net". */
export const net: Family = {
  'net.cidr_is_valid': (_context, text) => typeof text === 'string' && parseCidr(text) !== undefined,
  'net.cidr_merge': (_context, blocks) => {
    if (!isRegoArray(blocks)) throw new BuiltinRefusal('operand must be an array')
    const read = blocks.map(blockOrAddress)
    return ([32, 128] as const).flatMap((bits) => union(read.filter((block) => block.bits === bits)).flatMap(cidrsOf))
  },
}
