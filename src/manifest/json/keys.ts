import { isArray, isObject, type Json } from '../../json'

const BACKSLASH = 0x5c

/** The next place from an offset where a key ends, `":`; -1 behind the last one. In a string the quote is escaped. */
export const nextKeyEnd = (text: string, from: number): number => {
  let at = text.indexOf('":', from)
  while (at > 0 && text.charCodeAt(at - 1) === BACKSLASH) at = text.indexOf('":', at + 2)
  return at
}

/** How many keys end in a part of a text: an engine's own search, several times faster than looking at each character. */
export const keyEnds = (text: string, from: number, to: number): number => {
  let keys = 0
  for (let at = nextKeyEnd(text, from); at !== -1 && at < to; at = nextKeyEnd(text, at + 2)) keys += 1
  return keys
}

/** True where counting key ends would not find every key: some stand apart from their colon, or end in a backslash. */
export const hasOddKeys = (text: string): boolean => /"\s+:|\\\\":/.test(text)

/** Thrown by `keysIn` for a value that nests deeper than the limit. */
export class TooDeep extends Error {}

/** How many keys a value holds, each counted once. */
export const keysIn = (value: Json, depth: number): number => {
  if (typeof value !== 'object' || value === null) return 0
  if (depth === 0) throw new TooDeep()
  let keys = 0
  if (isArray(value)) for (const entry of value) keys += keysIn(entry, depth - 1)
  else if (isObject(value)) {
    for (const key in value) {
      keys += 1
      const member = value[key]
      if (typeof member === 'object' && member !== null) keys += keysIn(member, depth - 1)
    }
  }
  return keys
}
