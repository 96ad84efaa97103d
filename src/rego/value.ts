import type { Json } from '../json'
import { sortByColumns } from './column-sort'
import { compareStrings, isPlain, orderOf, sortedKeys } from './key-order'
import { compareNumbers, isNumber, NotJson, numberIdentity, type RegoNumber } from './number'

/**
 * A Rego value, exact. Every JSON value is one; what JSON has not is a set, an object with keys that are no strings, and a
 * number beyond a double.
 */
export type RegoValue = null | boolean | string | RegoNumber | readonly RegoValue[] | RegoObject | RegoMap | RegoSet

/** An object whose keys are all strings. */
export interface RegoObject {
  readonly [key: string]: RegoValue
}

/** A set: its members in Rego's order, each once. */
export class RegoSet implements Iterable<RegoValue> {
  readonly members: readonly RegoValue[]

  constructor(members: Iterable<RegoValue>) {
    this.members = unique(sortValues([...members]), compareValues)
  }

  get size(): number {
    return this.members.length
  }

  has(value: RegoValue): boolean {
    return indexOf(this.members, (member) => compareValues(member, value)) !== undefined
  }

  [Symbol.iterator](): Iterator<RegoValue> {
    return this.members[Symbol.iterator]()
  }

  toJSON(): never {
    throw new NotJson('a set')
  }
}

/** A member of a `RegoMap`. */
export type RegoEntry = readonly [key: RegoValue, value: RegoValue]

/** An object with a key that is no string: its entries in Rego's order of keys; of equal keys the last one stands. */
export class RegoMap implements Iterable<RegoEntry> {
  readonly entries: readonly RegoEntry[]

  constructor(entries: Iterable<RegoEntry>) {
    // Reversed, so that the last of equal keys comes first and is the one kept.
    const byKey = ([a]: RegoEntry, [b]: RegoEntry): number => compareValues(a, b)
    this.entries = unique([...entries].reverse().sort(byKey), byKey)
  }

  get size(): number {
    return this.entries.length
  }

  get(key: RegoValue): RegoValue | undefined {
    const at = indexOf(this.entries, ([own]) => compareValues(own, key))
    return at === undefined ? undefined : this.entries[at]?.[1]
  }

  [Symbol.iterator](): Iterator<RegoEntry> {
    return this.entries[Symbol.iterator]()
  }

  toJSON(): never {
    throw new NotJson('an object with a key that is no string')
  }
}

const unique = <A>(sorted: readonly A[], compare: (a: A, b: A) => number): readonly A[] =>
  sorted.filter((item, at) => at === 0 || compare(sorted[at - 1] as A, item) !== 0)

const indexOf = <A>(sorted: readonly A[], compare: (item: A) => number): number | undefined => {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    const order = compare(sorted[middle] as A)
    if (order === 0) return middle
    if (order < 0) low = middle + 1
    else high = middle
  }
  return undefined
}

/** True for an object with string keys, false for all other values. */
export const isRegoObject = (value: RegoValue | undefined): value is RegoObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && rank(value) === RANKS.object && !isMap(value)

/** True for an array; `Array.isArray` does not narrow readonly arrays. */
export const isRegoArray = (value: RegoValue | undefined): value is readonly RegoValue[] => Array.isArray(value)

const isMap = (value: RegoValue): value is RegoMap => value instanceof RegoMap

/** The entries of an object of either kind, in Rego's order of keys. */
export const entriesOf = (value: RegoObject | RegoMap): readonly RegoEntry[] =>
  isMap(value) ? value.entries : sortedKeys(Object.keys(value)).map((key): RegoEntry => [key, value[key] as RegoValue])

/** An object from entries: a plain one where every key is a string, else a `RegoMap`. */
export const objectOf = (entries: readonly RegoEntry[]): RegoObject | RegoMap => {
  const strings = entries.filter((entry): entry is readonly [string, RegoValue] => typeof entry[0] === 'string')
  return strings.length === entries.length ? Object.fromEntries(strings) : new RegoMap(entries)
}

const RANKS = { null: 0, boolean: 1, number: 2, string: 3, array: 4, object: 5, set: 6 } as const

const rank = (value: RegoValue): number => {
  if (value === null) return RANKS.null
  if (typeof value === 'boolean') return RANKS.boolean
  if (typeof value === 'string') return RANKS.string
  if (isNumber(value)) return RANKS.number
  if (Array.isArray(value)) return RANKS.array
  return value instanceof RegoSet ? RANKS.set : RANKS.object
}

/** The name that OPA has for the type of a value. */
export const typeName = (value: RegoValue): keyof typeof RANKS =>
  (Object.keys(RANKS) as readonly (keyof typeof RANKS)[])[rank(value)] ?? 'null'

const compareLists = <A>(a: readonly A[], b: readonly A[], compare: (a: A, b: A) => number): number => {
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at += 1) {
    const order = compare(a[at] as A, b[at] as A)
    if (order !== 0) return order
  }
  return a.length - b.length
}

/** True for an object with string keys that nothing but a literal or a parser made. */
export const isPlainObject = (value: RegoValue | undefined): value is RegoObject => isPlain(value)

const comparePlain = (a: RegoObject, b: RegoObject): number => {
  const [left, right] = [Object.keys(a), Object.keys(b)]
  const [leftOrder, rightOrder] = [orderOf(left), orderOf(right)]
  const length = Math.min(left.length, right.length)
  for (let at = 0; at < length; at += 1) {
    const x = left[leftOrder[at] as number] as string
    const y = right[rightOrder[at] as number] as string
    const order = (x === y ? 0 : compareStrings(x, y)) || compareValues(a[x] as RegoValue, b[y] as RegoValue)
    if (order !== 0) return order
  }
  return left.length - right.length
}

const compareEntries = (a: RegoEntry, b: RegoEntry): number => compareValues(a[0], b[0]) || compareValues(a[1], b[1])

/**
 * Rego's order of all values: null, booleans, numbers, strings, arrays, objects, sets; objects by their sorted entries.
 * Source: OPA's `ast.Compare`.
 */
export const compareValues = (a: RegoValue, b: RegoValue): number => {
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b)
  // The common case of a set, before anything is told apart by class.
  if (isPlainObject(a) && isPlainObject(b)) return comparePlain(a, b)
  if (isNumber(a) && isNumber(b)) return compareNumbers(a, b)
  const order = rank(a) - rank(b)
  if (order !== 0) return order
  if (typeof a === 'boolean') return Number(a) - Number(b)
  if (isRegoArray(a)) return compareLists(a, b as typeof a, compareValues)
  if (a instanceof RegoSet) return compareLists(a.members, (b as RegoSet).members, compareValues)
  // Of one rank and none of the above: null, or objects of either kind.
  return a === null ? 0 : compareLists(entriesOf(a as RegoObject), entriesOf(b as RegoObject), compareEntries)
}

/** The member of an object of either kind, or undefined where it has none. */
export const memberOf = (object: RegoObject | RegoMap, key: RegoValue): RegoValue | undefined => {
  if (isMap(object)) return object.get(key)
  return typeof key === 'string' && Object.hasOwn(object, key) ? object[key] : undefined
}

/** A text that equal values share and no others: the key of a JavaScript `Map` over Rego values. */
export const identityOf = (value: RegoValue): string => {
  if (isNumber(value)) return numberIdentity(value)
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (isRegoArray(value)) return `[${value.map(identityOf).join()}]`
  if (value instanceof RegoSet) return `<${value.members.map(identityOf).join()}>`
  return `{${entriesOf(value as RegoObject | RegoMap)
    .map(([key, member]) => `${identityOf(key)}:${identityOf(member)}`)
    .join()}}`
}

/** The values in Rego's order. */
export const sortValues = <A extends RegoValue>(values: readonly A[]): A[] => sortByColumns(values, compareValues)

/**
 * The value as JSON: a set is the sorted array of its members' JSON, a key that is no string is its JSON text, and a number the
 * nearest double.
 */
export const toJson = (value: RegoValue): Json => {
  if (isNumber(value)) return Number(value)
  if (value === null || typeof value !== 'object') return value
  if (isRegoArray(value)) return value.map(toJson)
  if (value instanceof RegoSet) return sortValues(value.members.map(toJson))
  return Object.fromEntries(
    entriesOf(value as RegoObject | RegoMap).map(([key, member]) => [
      typeof key === 'string' ? key : JSON.stringify(toJson(key)),
      toJson(member),
    ]),
  )
}
