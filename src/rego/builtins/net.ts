import { BuiltinRefusal, type Family } from '../builtin'
import { entriesOf, isRegoArray, type RegoEntry, RegoSet, type RegoValue } from '../value'
import { addressText, parseAddress } from './ip'
import { type Block, blockOf, contains, parseBlock } from './net/block'
import { mergeBlocks } from './net/merge-blocks'
import { isObject, membersOperand, stringOperand } from './operand'

// The text itself may be anything, a secret too, and is not repeated.
const block = (value: RegoValue | undefined): Block => {
  const parsed = parseBlock(stringOperand(value, 1))
  if (parsed === undefined) throw new BuiltinRefusal('the text is no block of addresses')
  return parsed
}

const blockOrAddress = (value: RegoValue | undefined): Block => {
  const address = parseAddress(stringOperand(value, 1))
  return address === undefined ? block(value) : blockOf(address, address.bits)
}

/** What to look at of an operand of `cidr_contains_matches`, each with its index. A string is its own. */
const indexed = (value: RegoValue | undefined): readonly RegoEntry[] => {
  if (typeof value === 'string') return [[value, value]]
  if (isRegoArray(value)) return value.map((member, index) => [index, blockText(member)])
  if (value instanceof RegoSet) return value.members.map((member) => [member, blockText(member)])
  return isObject(value) ? entriesOf(value).map(([key, member]) => [key, blockText(member)]) : []
}

/** A member is a block, or an array that begins with one. */
const blockText = (member: RegoValue): RegoValue => {
  const text = isRegoArray(member) ? member[0] : typeof member === 'string' ? member : undefined
  if (text === undefined) throw new BuiltinRefusal('element must be string or non-empty array')
  return text
}

const containsMatches = (outer: RegoValue | undefined, inner: RegoValue | undefined): RegoSet => {
  const outers = indexed(outer)
  const inners = outers.length === 0 ? [] : indexed(inner)
  // Where one side is empty, OPA does not look at the texts of the other.
  if (inners.length === 0) return new RegoSet([])
  const [around, within] = [outers.map(([, text]) => block(text)), inners.map(([, text]) => blockOrAddress(text))]
  return new RegoSet(
    outers.flatMap(([index], at) =>
      inners
        .filter((_, other) => contains(around[at] as Block, within[other] as Block))
        .map(([other]) => [index, other]),
    ),
  )
}

// OPA has no limit but its memory. A set of more addresses would not fit a module's.
const MOST_EXPANDED_BITS = 20

const expand = ({ bits, first, prefix }: Block): RegoSet => {
  if (bits - prefix > MOST_EXPANDED_BITS) throw new BuiltinRefusal('the block has more than 1,048,576 addresses')
  const size = 2 ** (bits - prefix)
  return new RegoSet(Array.from({ length: size }, (_, at) => addressText({ bits, address: first + BigInt(at) })))
}

/** The prefix that an IPv4 address has by its class. Source: Go's `IP.DefaultMask`. */
const classPrefix = (address: bigint): number => (address >> 24n < 128n ? 8 : address >> 24n < 192n ? 16 : 24)

/** A block with its text; of an address alone, OPA keeps all its bits. */
const toMerge = (value: RegoValue): readonly [Block, string] => {
  if (typeof value !== 'string') throw new BuiltinRefusal('element must be string')
  const address = parseAddress(value)
  if (address === undefined) {
    const { bits, first, prefix, mapped } = block(value)
    return [{ bits, first, prefix, mapped }, `${addressText({ bits, address: first })}/${prefix}`]
  }
  const { bits, first } = blockOf(address, address.bits)
  if (bits === 128) throw new BuiltinRefusal('an IPv6 address needs a prefix length')
  const prefix = classPrefix(first)
  return [blockOf({ bits, address: first }, prefix), `${addressText({ bits, address: first })}/${prefix}`]
}

/** `net.*` as far as compiled modules do not have it. Source: OPA's policy reference, section "Networking". */
export const net: Family = {
  'net.cidr_is_valid': (_context, text) => typeof text === 'string' && parseBlock(text) !== undefined,
  'net.cidr_contains_matches': (_context, outer, inner) => containsMatches(outer, inner),
  'net.cidr_expand': (_context, text) => expand(block(text)),
  'net.cidr_merge': (_context, blocks) => new RegoSet(mergeBlocks(membersOperand(blocks, 1).map(toMerge))),
}
