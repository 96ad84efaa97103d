import type { Path } from '../../json'
import { entriesAt, isListAt, isObjectAt, membersAt, skipValue } from './scan'

/** Offsets of a field: from its key, or of a list entry from its first character, to the end of its value. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Lists shorter than this are walked each time. */
const INDEXED_ENTRIES = 16

/**
 * Finds paths in a text of JSON without a tree of it. A long list is walked once and its entries' offsets kept, so that asking for
 * all entries of a large list stays linear.
 */
export const jsonPlaces = (text: string, root: number): ((path: Path) => Span) => {
  const indexes = new Map<number, readonly number[]>()

  const entryAt = (list: number, position: number): number | undefined => {
    const known = indexes.get(list)
    if (known !== undefined) return known[position]
    const offsets = [...entriesAt(text, list)]
    if (offsets.length >= INDEXED_ENTRIES) indexes.set(list, offsets)
    return offsets[position]
  }

  const memberAt = (object: number, key: string) => {
    for (const member of membersAt(text, object)) if (member.key === key) return member
    return undefined
  }

  return (path) => {
    let start = root
    let value = root
    for (const segment of path) {
      if (typeof segment === 'number') {
        const entry = isListAt(text, value) ? entryAt(value, segment) : undefined
        if (entry === undefined) break
        start = entry
        value = entry
      } else {
        const member = isObjectAt(text, value) ? memberAt(value, segment) : undefined
        if (member === undefined) break
        start = member.keyStart
        value = member.valueStart
      }
    }
    return { start, end: skipValue(text, value) }
  }
}
