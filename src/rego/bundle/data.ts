import * as E from 'fp-ts/Either'
import { type PolicyProblem, problem } from '../../problem'
import { isRegoObject, type RegoObject, type RegoValue } from '../value'
import type { Documents } from './document'
import { isJsonData, isYamlData, placeOf } from './file'
import { outside, rootTree } from './roots'

/** An object that is being put together from several files; no value of a document is a `Map`. */
type Branch = Map<string, Branch | RegoValue>

/** The branch at a member, made of the object that stands there. */
const branchAt = (branch: Branch, key: string): Branch | undefined => {
  const present = branch.get(key)
  if (present instanceof Map) return present
  if (!isRegoObject(present)) return undefined
  const deeper: Branch = new Map(Object.entries(present))
  branch.set(key, deeper)
  return deeper
}

/** Adds members to a branch. Gives the path at which both have a value that is not an object on both sides. */
const clash = (branch: Branch, members: RegoObject): readonly string[] | undefined => {
  for (const [key, added] of Object.entries(members)) {
    if (!branch.has(key)) {
      branch.set(key, added)
      continue
    }
    const deeper = branchAt(branch, key)
    if (deeper === undefined || !isRegoObject(added)) return [key]
    const conflict = clash(deeper, added)
    if (conflict !== undefined) return [key, ...conflict]
  }
  return undefined
}

// Entries make own members, also one named `__proto__`.
const whole = (branch: Branch): RegoObject =>
  Object.fromEntries([...branch].map(([key, value]) => [key, value instanceof Map ? whole(value) : value]))

const atPlace = (place: readonly string[], value: RegoValue): RegoValue =>
  place.reduceRight<RegoValue>((inner, segment) => ({ [segment]: inner }), value)

/** All data files of a bundle as one document. Each stands where its folder says and within the roots; two never share a value. */
export const mergeData = (documents: Documents, roots: readonly string[]): E.Either<PolicyProblem, RegoObject> => {
  const tree = rootTree(roots)
  const data: Branch = new Map()
  for (const [file, value] of documents) {
    if (!isJsonData(file) && !isYamlData(file)) continue
    const added = atPlace(placeOf(file), value)
    if (!isRegoObject(added)) return E.left(problem('policy-bundle-malformed', { file, reason: 'it is no object' }))
    const beyond = outside(tree, added)
    if (beyond !== undefined) return E.left(problem('policy-bundle-roots', { file, path: beyond.join('/'), roots }))
    const conflict = clash(data, added)
    if (conflict !== undefined) return E.left(problem('policy-bundle-conflict', { file, path: conflict.join('/') }))
  }
  return E.right(whole(data))
}
