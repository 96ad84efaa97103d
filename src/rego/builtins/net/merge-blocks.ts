import { compareNumbers } from '../../number'
import { addressText } from '../ip'
import { type Block, MAPPED } from './block'

/** Addresses from one to another, those of IPv4 at their place among IPv6. A block that stands alone keeps its text. */
interface Range {
  readonly first: bigint
  readonly last: bigint
  readonly text?: string
}

const rangeOf = ({ bits, first, prefix }: Block, text: string): Range => {
  const start = bits === 32 ? first + MAPPED : first
  return { first: start, last: start + (1n << BigInt(bits - prefix)) - 1n, text }
}

/** The address before; the first of a family has none. */
const before = (address: bigint): bigint => (address === 0n || address === MAPPED ? address : address - 1n)

/** Overlapping and adjacent ranges as one. */
const union = (ranges: readonly Range[]): readonly Range[] => {
  const merged: Range[] = []
  for (const range of [...ranges].sort((a, b) => compareNumbers(b.last, a.last) || compareNumbers(b.first, a.first))) {
    const above = merged.at(-1)
    if (above === undefined || before(above.first) > range.last) merged.push(range)
    else merged[merged.length - 1] = { first: above.first < range.first ? above.first : range.first, last: above.last }
  }
  return merged
}

/** The fewest blocks that cover a range. */
const cover = ({ first, last }: Range): readonly string[] => {
  const texts: string[] = []
  for (let at = first; at <= last; ) {
    let size = 0
    while (size < 128 && at % (1n << BigInt(size + 1)) === 0n && at + (1n << BigInt(size + 1)) - 1n <= last) size += 1
    texts.push(blockText(at, size))
    at += 1n << BigInt(size)
  }
  return texts
}

const blockText = (first: bigint, size: number): string =>
  size <= 32 && first >> 32n === 0xffffn
    ? `${addressText({ bits: 32, address: first - MAPPED })}/${32 - size}`
    : `${addressText({ bits: 128, address: first })}/${128 - size}`

/**
 * The fewest blocks for the addresses of all. A block of IPv4 written as IPv6 stands alone unless one around it begins where IPv4
 * does. So it is in OPA, where it has a place of its own among the others.
 */
export const mergeBlocks = (blocks: readonly (readonly [Block, text: string])[]): readonly string[] => {
  const ranges = union(blocks.filter(([{ mapped }]) => !mapped).map(([block, text]) => rangeOf(block, text)))
  const absorbed = ({ prefix }: Block): boolean =>
    ranges.some(({ first, last }) => first <= MAPPED && last >= MAPPED + (1n << BigInt(32 - prefix)))
  const alone = blocks.filter(([block]) => block.mapped && !absorbed(block)).map(([, text]) => text)
  return [...ranges.flatMap((range) => (range.text === undefined ? cover(range) : [range.text])), ...alone]
}
