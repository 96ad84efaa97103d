import { isArray, isObject, type Json, type Path, valueAt } from '../../json'
import { hasOddKeys, isKeyEnd, keysIn, nextKeyEnd } from './keys'
import { entriesAt, isListAt, isObjectAt, keyOf, membersAt, skipBlank, skipValue } from './scan'

/** Offsets of a field: from its key, or of a list entry from its first character, to the end of its value. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Lists shorter than this are walked each time. */
const INDEXED_ENTRIES = 16

/**
 * Finds paths in a text of JSON without a tree of it. A long list is gone through once and its entries' offsets kept, so
 * that asking for all entries of a large list stays linear.
 */
export const jsonPlaces = (text: string, root: number, value: Json): ((path: Path) => Span) => {
  const indexes = new Map<number, readonly number[]>()
  let odd: boolean | undefined
  const isOdd = (): boolean => {
    odd ??= hasOddKeys(text)
    return odd
  }

  const entryAt = (list: number, path: Path, position: number): number | undefined => {
    const known = indexes.get(list)
    if (known !== undefined) return known[position]
    const entries = valueAt(value, path)
    const offsets = (isArray(entries) && !isOdd() ? entriesByKeys(text, list, entries) : undefined) ?? [
      ...entriesAt(text, list),
    ]
    if (offsets.length >= INDEXED_ENTRIES) indexes.set(list, offsets)
    return offsets[position]
  }

  const memberAt = (object: number, key: string) => {
    for (const member of membersAt(text, object)) if (keyOf(text, member) === key) return member
    return undefined
  }

  return (path) => {
    let start = root
    let at = root
    for (const [depth, segment] of path.entries()) {
      if (typeof segment === 'number') {
        const entry = isListAt(text, at) ? entryAt(at, path.slice(0, depth), segment) : undefined
        if (entry === undefined) break
        start = entry
        at = entry
      } else {
        const member = isObjectAt(text, at) ? memberAt(at, segment) : undefined
        if (member === undefined) break
        start = member.keyStart
        at = member.valueStart
      }
    }
    return { start, end: skipValue(text, at) }
  }
}

/**
 * Where the entries of a list of objects start, found by jumping from key to key: how many keys each entry has is known from its
 * value. Undefined where something only looks like the end of a key (`":8080"`), or a start is not as expected: the count may be off
 * then, and the list has to be walked.
 */
const entriesByKeys = (text: string, list: number, entries: readonly Json[]): readonly number[] | undefined => {
  const offsets: number[] = []
  let keyEnd = nextKeyEnd(text, list)
  for (const entry of entries) {
    if (!isObject(entry) || keyEnd === -1) return undefined
    const keyStart = text.lastIndexOf('"', keyEnd - 1)
    const start = text.lastIndexOf('{', keyStart)
    if (start <= list || skipBlank(text, start + 1) !== keyStart) return undefined
    offsets.push(start)
    const keys = keysIn(entry, Number.POSITIVE_INFINITY)
    // An empty object has no key to be found by.
    if (keys === 0) return undefined
    for (let left = keys; left > 0; left -= 1) {
      if (!isKeyEnd(text, keyEnd)) return undefined
      keyEnd = nextKeyEnd(text, keyEnd + 2)
    }
  }
  return offsets
}
