import { BuiltinRefusal, type Family } from '../builtin'
import {
  compareValues,
  entriesOf,
  isRegoArray,
  memberOf,
  type RegoMap,
  type RegoObject,
  RegoSet,
  type RegoValue,
} from '../value'
import { isObject } from './operand'

const equal = (a: RegoValue, b: RegoValue): boolean => compareValues(a, b) === 0

/** Members of members too, but nothing inside of arrays and sets. */
const isObjectSubset = (above: RegoObject | RegoMap, below: RegoObject | RegoMap): boolean =>
  entriesOf(below).every(([key, value]) => {
    const counterpart = memberOf(above, key)
    return counterpart !== undefined && (equal(value, counterpart) || isSubset(counterpart, value) === true)
  })

/** How much of the list a run of its first elements repeats, for each length: Knuth, Morris and Pratt's table. */
const repeats = (list: readonly RegoValue[]): readonly number[] => {
  const table = [0]
  for (let at = 1, length = 0; at < list.length; at += 1) {
    while (length > 0 && !equal(list[at] as RegoValue, list[length] as RegoValue)) length = table[length - 1] ?? 0
    if (equal(list[at] as RegoValue, list[length] as RegoValue)) length += 1
    table.push(length)
  }
  return table
}

/** True where the list stands in the other as one run. */
const isRun = (whole: readonly RegoValue[], run: readonly RegoValue[]): boolean => {
  if (run.length === 0) return true
  const table = repeats(run)
  let length = 0
  for (const element of whole) {
    while (length > 0 && !equal(element, run[length] as RegoValue)) length = table[length - 1] ?? 0
    if (equal(element, run[length] as RegoValue)) length += 1
    if (length === run.length) return true
  }
  return false
}

/** OPA counts an element each time that it stands in the array, so `[1, 1]` holds `{1, 2}`, and an empty array nothing. */
const holdsMembers = (array: readonly RegoValue[], set: RegoSet): boolean => {
  const found = array.reduce<number>((count, element) => count + (set.has(element) ? 1 : 0), 0)
  return array.length > 0 && found >= set.size
}

/** Undefined for types that cannot be compared. */
const isSubset = (above: RegoValue, below: RegoValue): boolean | undefined => {
  if (isObject(above) && isObject(below)) return isObjectSubset(above, below)
  if (above instanceof RegoSet && below instanceof RegoSet) return below.members.every((member) => above.has(member))
  if (isRegoArray(above) && isRegoArray(below)) return isRun(above, below)
  return undefined
}

/** `object.subset`. Source: OPA's policy reference, section "Objects"; `topdown/subset.go` for arrays against sets. */
export const object: Family = {
  'object.subset': (_context, above = null, below = null) => {
    const answer = isRegoArray(above) && below instanceof RegoSet ? holdsMembers(above, below) : isSubset(above, below)
    if (answer === undefined) throw new BuiltinRefusal('both operands must be of one type, or an array and a set')
    return answer
  },
}
