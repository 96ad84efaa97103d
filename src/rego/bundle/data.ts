import * as E from 'fp-ts/Either'
import { type PolicyProblem, problem } from '../../problem'
import { isRegoObject, type RegoObject, type RegoValue } from '../value'
import type { Documents } from './document'
import { isJsonData, isYamlData, placeOf } from './file'
import { withinRoots } from './roots'

/** The path at which two documents both have a value that is not an object on both sides. */
const clash = (a: RegoObject, b: RegoObject): readonly string[] | undefined => {
  for (const [key, added] of Object.entries(b)) {
    if (!Object.hasOwn(a, key)) continue
    const present = a[key]
    if (!isRegoObject(present) || !isRegoObject(added)) return [key]
    const deeper = clash(present, added)
    if (deeper !== undefined) return [key, ...deeper]
  }
  return undefined
}

// Entries make own members, also one named `__proto__`.
const merged = (a: RegoObject, b: RegoObject): RegoObject => {
  const members = new Map(Object.entries(a))
  for (const [key, added] of Object.entries(b)) {
    const present = members.get(key)
    members.set(key, isRegoObject(present) && isRegoObject(added) ? merged(present, added) : added)
  }
  return Object.fromEntries(members)
}

const atPlace = (place: readonly string[], value: RegoValue): RegoValue =>
  place.reduceRight<RegoValue>((inner, segment) => ({ [segment]: inner }), value)

/** All data files of a bundle as one document. Each stands where its folder says and within the roots; two never share a value. */
export const mergeData = (documents: Documents, roots: readonly string[]): E.Either<PolicyProblem, RegoObject> => {
  let data: RegoObject = {}
  for (const [file, value] of documents) {
    if (!isJsonData(file) && !isYamlData(file)) continue
    const added = atPlace(placeOf(file), value)
    if (!isRegoObject(added)) return E.left(problem('policy-bundle-malformed', { file, reason: 'it is no object' }))
    const inside = withinRoots(roots, file, added, [])
    if (E.isLeft(inside)) return inside
    const conflict = clash(data, added)
    if (conflict !== undefined) return E.left(problem('policy-bundle-conflict', { file, path: conflict.join('/') }))
    data = merged(data, added)
  }
  return E.right(data)
}
