import * as E from 'fp-ts/Either'
import type { PolicyProblem } from '../../src/problem'
import { readWritten, writeTerm } from '../../src/rego/term'
import {
  compareValues,
  entriesOf,
  isRegoArray,
  isRegoObject,
  RegoMap,
  RegoSet,
  type RegoValue,
} from '../../src/rego/value'
import type { Want } from './case'

/** The bindings that a query gave, or why it gave none. */
export type Outcome = E.Either<PolicyProblem, readonly RegoValue[]>

/** Why the outcome is not what was wanted; nothing where it is. Source: `assert` in OPA's test of compiled modules. */
export const judge = (want: Want, outcome: Outcome): string | undefined => {
  if (want.kind === 'conflict') {
    return E.isLeft(outcome) && outcome.left.code === 'policy-conflict'
      ? undefined
      : `expected a conflict but got ${E.isLeft(outcome) ? outcome.left.message : writeTerm(outcome.right)}`
  }
  if (E.isLeft(outcome)) return outcome.left.message
  if (want.kind === 'defined') {
    return want.defined === outcome.right.length > 0 ? undefined : `expected ${want.defined ? 'a' : 'no'} result`
  }
  const sort = want.sortBindings ? sorted : (value: RegoValue) => value
  const expected = new RegoSet(membersOf(readWritten(want.results)))
  const found = new RegoSet(outcome.right.map((bindings) => mapBindings(jsonOf(bindings), sort)))
  return compareValues(expected, found) === 0
    ? undefined
    : `expected ${writeTerm(expected.members)} but got ${writeTerm(found.members)}`
}

const membersOf = (value: RegoValue): readonly RegoValue[] => {
  if (isRegoArray(value)) return value
  throw new Error('a result is a list of bindings')
}

const mapBindings = (bindings: RegoValue, map: (value: RegoValue) => RegoValue): RegoValue =>
  isRegoObject(bindings)
    ? Object.fromEntries(Object.entries(bindings).map(([name, value]) => [name, map(value)]))
    : bindings

const sorted = (value: RegoValue): RegoValue => (isRegoArray(value) ? [...value].sort(compareValues) : value)

/** The value in JSON's shapes, numbers as they are: a set is an array in order, a key that is no string is its text. */
const jsonOf = (value: RegoValue): RegoValue => {
  if (value instanceof RegoSet) return value.members.map(jsonOf)
  if (isRegoArray(value)) return value.map(jsonOf)
  if (!(value instanceof RegoMap || isRegoObject(value))) return value
  return Object.fromEntries(
    entriesOf(value).map(([key, member]) => [typeof key === 'string' ? key : writeTerm(jsonOf(key)), jsonOf(member)]),
  )
}
