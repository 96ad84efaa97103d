import type { JsonObject } from '../json'

/**
 * A type of Rego, as OPA's checker has them. A bare `array`, `set` or `object` holds anything.
 *
 * @example
 * const orders: RegoType = { array: { record: { id: 'string', days: 'number' } } }
 */
export type RegoType =
  | 'any'
  | 'null'
  | 'boolean'
  | 'number'
  | 'string'
  | 'array'
  | 'set'
  | 'object'
  | RegoArrayType
  | RegoTupleType
  | RegoSetType
  | RegoObjectType
  | RegoRecordType
  | RegoUnionType

/** An array of any length with members of one type. */
export interface RegoArrayType {
  readonly array: RegoType
}

/** An array with a type for each place. */
export interface RegoTupleType {
  readonly tuple: readonly RegoType[]
  /** The type of what comes after these places. Default: nothing does. */
  readonly rest?: RegoType
}

export interface RegoSetType {
  readonly set: RegoType
}

/** An object whose keys are of one type, and so are its values. */
export interface RegoObjectType {
  readonly object: { readonly key: RegoType; readonly value: RegoType }
}

/** An object with these fields, all of them. */
export interface RegoRecordType {
  readonly record: Readonly<Record<string, RegoType>>
  /** The type of the values of other fields. Default: there are none. */
  readonly rest?: RegoType
}

/** One of several types. */
export interface RegoUnionType {
  readonly anyOf: readonly [RegoType, ...RegoType[]]
}

const ANY: JsonObject = { type: 'any' }

/** The types that say nothing of what they hold; OPA reads one without `dynamic` as that of the empty array or object. */
const BARE: Readonly<Record<'array' | 'set' | 'object', JsonObject>> = {
  array: { type: 'array', dynamic: ANY },
  set: { type: 'set', of: ANY },
  object: { type: 'object', dynamic: { key: ANY, value: ANY } },
}

/** A type as OPA's capabilities write it. Source: OPA's `v1/types/decode.go`. */
export const opaType = (given: RegoType): JsonObject => {
  if (typeof given === 'string') {
    return given === 'array' || given === 'set' || given === 'object' ? BARE[given] : { type: given }
  }
  if ('array' in given) return { type: 'array', dynamic: opaType(given.array) }
  if ('set' in given) return { type: 'set', of: opaType(given.set) }
  if ('anyOf' in given) return { type: 'any', of: given.anyOf.map(opaType) }
  if ('object' in given) {
    return { type: 'object', dynamic: { key: opaType(given.object.key), value: opaType(given.object.value) } }
  }
  if ('tuple' in given) {
    return {
      type: 'array',
      static: given.tuple.map(opaType),
      ...(given.rest === undefined ? {} : { dynamic: opaType(given.rest) }),
    }
  }
  return {
    type: 'object',
    static: Object.entries(given.record).map(([key, value]) => ({ key, value: opaType(value) })),
    ...(given.rest === undefined ? {} : { dynamic: { key: { type: 'string' }, value: opaType(given.rest) } }),
  }
}
