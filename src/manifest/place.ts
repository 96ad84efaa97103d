import type { Path } from '../json'

/** Where a field stands, and what stands in it. Far smaller than a syntax tree, and made only for documents that are asked. */
export interface Place {
  /** At the key of a field, at the first character of a list item. */
  readonly start: number
  readonly end: number
  readonly members?: ReadonlyMap<string, Place>
  readonly items?: readonly Place[]
}

/** The place at a path, or of the closest parent that exists. */
export const placeAt = (root: Place, path: Path): Place => {
  let place = root
  for (const segment of path) {
    const next = typeof segment === 'number' ? place.items?.[segment] : place.members?.get(segment)
    if (next === undefined) return place
    place = next
  }
  return place
}
