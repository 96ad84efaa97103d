import { isArray, isObject, type Json } from '../../json'

const BACKSLASH = 0x5c

/** The next place from an offset where a key ends, `":`; -1 behind the last one. In a string the quote is escaped. */
export const nextKeyEnd = (text: string, from: number): number => {
  let at = text.indexOf('":', from)
  while (at > 0 && text.charCodeAt(at - 1) === BACKSLASH) at = text.indexOf('":', at + 2)
  return at
}

/** False for what may be the start of a string instead (`":8080"`): an opening quote stands behind a blank or one of these. */
export const isKeyEnd = (text: string, at: number): boolean => !' \n\t\r:,['.includes(text.charAt(at - 1) || ' ')

/** True where jumping between key ends would miss some: keys that stand apart from their colon, or end in a backslash. */
export const hasOddKeys = (text: string): boolean => /"\s+:|\\\\":/.test(text)

/**
 * How many strings, keys included, stand in a part of a text of valid JSON: half of the quotes that are not escaped. An
 * engine's own search is several times faster than looking at each character.
 */
export const stringsWritten = (text: string, from: number, to: number): number => {
  let quotes = 0
  for (let at = text.indexOf('"', from); at !== -1 && at < to; at = text.indexOf('"', at + 1)) {
    let backslashes = 0
    while (text.charCodeAt(at - 1 - backslashes) === BACKSLASH) backslashes += 1
    if (backslashes % 2 === 0) quotes += 1
  }
  return quotes / 2
}

/** Thrown by `stringsIn` and `keysIn` for a value that nests deeper than the limit. */
export class TooDeep extends Error {}

/** How many strings a value holds, keys included. A key that stood twice in the text took one with it. */
export const stringsIn = (value: Json, depth: number): number => {
  if (typeof value === 'string') return 1
  if (typeof value !== 'object' || value === null) return 0
  if (depth === 0) throw new TooDeep()
  let strings = 0
  if (isArray(value)) for (const entry of value) strings += stringsIn(entry, depth - 1)
  else if (isObject(value)) for (const key in value) strings += 1 + stringsIn(value[key] ?? null, depth - 1)
  return strings
}

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
