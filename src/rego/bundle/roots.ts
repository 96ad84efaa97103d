import { compareValues, isRegoObject, type RegoValue } from '../value'

/** The segments of a path under `data`. */
type Place = readonly string[]

/** The places under `data` that a bundle owns, segment by segment, so that one walk holds a document against all of them. */
export type RootTree = ReadonlyMap<string, RootTree> | 'all'

/** A root without slashes at its ends. */
export const normalRoot = (root: string): string => root.replace(/^\/+|\/+$/g, '')

/** The place that a root is; that of all has no segments. */
const placeOf = (root: string): Place => (root === '' ? [] : root.split('/'))

const startsWith = (path: Place, start: Place): boolean => start.every((segment, at) => path[at] === segment)

/** Two of the roots of which the first contains the second, if there are such. */
export const overlap = (roots: readonly string[]): readonly [string, string] | undefined => {
  // In order, what a root contains comes right after it.
  const places = roots.map(placeOf).sort(compareValues)
  const at = places.findIndex((place, index) => index > 0 && startsWith(place, places[index - 1] ?? []))
  return at < 0 ? undefined : [(places[at - 1] ?? []).join('/'), (places[at] ?? []).join('/')]
}

/** The tree of these roots. */
export const rootTree = (roots: readonly string[]): RootTree => {
  if (roots.includes('')) return 'all'
  type Growing = Map<string, Growing> | 'all'
  const tree: Growing = new Map()
  for (const root of roots) {
    const segments = placeOf(root)
    let at: Growing = tree
    for (const [index, segment] of segments.entries()) {
      if (at === 'all') break
      const next: Growing = index === segments.length - 1 ? 'all' : (at.get(segment) ?? new Map())
      at.set(segment, next)
      at = next
    }
  }
  return tree
}

/** Whether one of the roots is the place or above it. */
export const contains = (tree: RootTree, place: Place): boolean => {
  let at: RootTree | undefined = tree
  for (const segment of place) {
    if (at === 'all') return true
    at = at?.get(segment)
  }
  return at === 'all'
}

/** The first place of a document that no root contains. Objects above the roots may stand, since nothing but roots is in them. */
export const outside = (tree: RootTree | undefined, value: RegoValue): Place | undefined => {
  if (tree === 'all') return undefined
  if (tree === undefined || !isRegoObject(value)) return []
  for (const [key, member] of Object.entries(value)) {
    const found = outside(tree.get(key), member)
    if (found !== undefined) return [key, ...found]
  }
  return undefined
}
