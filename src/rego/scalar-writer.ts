import { SHORT_TO_WRITE, type TextMemory, writeAscii } from './memory'
import type { RegoValue } from './value'
import { AS_INT64, BOOLEAN, NULL, NUMBER, POINTER_TO_NOTHING, STRING, STRUCT, TEXT, TWO_TO_32 } from './value-layout'

/** The module's own, as it exports it. */
export interface Allocator {
  readonly opa_malloc: (bytes: number) => number
  readonly opa_free: (address: number) => number
}

const encoder = new TextEncoder()

/**
 * Puts a scalar into a block of its own, at any address, while the module evaluates. Gives its address; 0 for what is none, or no safe integer, and
 * has to go as text.
 */
export const putScalar = (value: RegoValue, memory: TextMemory, allocator: Allocator): number => {
  if (typeof value === 'string') return putString(value, memory, allocator)
  const isBoolean = typeof value === 'boolean'
  if (!(isBoolean || value === null || Number.isSafeInteger(value))) return POINTER_TO_NOTHING
  const at = allocator.opa_malloc(STRUCT)
  if (isBoolean) return putWords(memory, at, BOOLEAN | (Number(value) << 8))
  if (value === null) return putWords(memory, at, NULL)
  const integer = value as number
  return putWords(memory, at, NUMBER | (AS_INT64 << 8), 0, integer, Math.floor(integer / TWO_TO_32))
}

const putString = (text: string, memory: TextMemory, { opa_malloc, opa_free }: Allocator): number => {
  const { length } = text
  // ASCII, which nearly all is, or else it does not fit.
  const at = opa_malloc(TEXT.end + length)
  const to = at + TEXT.end
  const { bytes } = memory
  const isAscii =
    length <= SHORT_TO_WRITE
      ? writeAscii(bytes, to, text)
      : encoder.encodeInto(text, bytes.subarray(to, to + length)).read === length
  if (isAscii) return putWords(memory, at, STRING, length, to)
  opa_free(at)
  const encoded = encoder.encode(text)
  const other = opa_malloc(TEXT.end + encoded.length)
  memory.bytes.set(encoded, other + TEXT.end)
  return putWords(memory, other, STRING, encoded.length, other + TEXT.end)
}

/** Byte by byte: the allocator's blocks stand anywhere. */
const putWords = ({ bytes }: TextMemory, at: number, ...words: readonly number[]): number => {
  let to = at
  for (const word of words) {
    bytes[to] = word
    bytes[to + 1] = word >> 8
    bytes[to + 2] = word >> 16
    bytes[to + 3] = word >> 24
    to += 4
  }
  return at
}
