import * as E from 'fp-ts/Either'
import { type PolicyProblem, problem } from '../../problem'
import { isRegoObject, type RegoValue } from '../value'

/** A root without slashes at its ends. */
export const normalRoot = (root: string): string => root.replace(/^\/+|\/+$/g, '')

/** The segments of a root; none for the root of all. */
const segmentsOf = (root: string): readonly string[] => (root === '' ? [] : root.split('/'))

const startsWith = (path: readonly string[], start: readonly string[]): boolean =>
  start.every((segment, at) => path[at] === segment)

/** Whether one of the roots is the place or above it. */
export const contains = (roots: readonly string[], place: readonly string[]): boolean =>
  roots.some((root) => startsWith(place, segmentsOf(root)))

/** The pairs of roots of which one contains the other. */
export const overlap = (roots: readonly string[]): readonly (readonly [string, string])[] =>
  roots.flatMap((first, at) =>
    roots
      .slice(at + 1)
      .filter((second) => contains([first], segmentsOf(second)) || contains([second], segmentsOf(first)))
      .map((second) => [first, second] as const),
  )

/** Refuses a document of which a part stands outside of the roots. */
export const withinRoots = (
  roots: readonly string[],
  file: string,
  value: RegoValue,
  place: readonly string[],
): E.Either<PolicyProblem, void> => {
  if (contains(roots, place)) return E.right(undefined)
  const above = roots.some((root) => startsWith(segmentsOf(root), place))
  if (!above || !isRegoObject(value))
    return E.left(problem('policy-bundle-roots', { file, path: place.join('/'), roots }))
  for (const [key, member] of Object.entries(value)) {
    const inside = withinRoots(roots, file, member, [...place, key])
    if (E.isLeft(inside)) return inside
  }
  return E.right(undefined)
}
