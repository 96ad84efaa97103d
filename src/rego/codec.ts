import * as E from 'fp-ts/Either'
import * as t from 'io-ts'
import { Decimal, isNumber, type RegoNumber } from './number'
import { RegoMap, RegoSet, type RegoValue } from './value'

/** Any integer, as a bigint, however it arrived. */
export const integer: t.Type<bigint, RegoValue, unknown> = new t.Type(
  'integer',
  (u): u is bigint => typeof u === 'bigint',
  (u, context) =>
    typeof u === 'bigint' || Number.isSafeInteger(u) ? t.success(BigInt(u as bigint | number)) : t.failure(u, context),
  t.identity,
)

/** Any number, exact: a JavaScript number, a bigint or a `Decimal`. */
export const decimal: t.Type<RegoNumber, RegoValue, unknown> = new t.Type(
  'number',
  isNumber,
  (u, context) => (isNumber(u) ? t.success(u) : t.failure(u, context)),
  t.identity,
)

/** A set, as an array in Rego's order of the decoded members. */
export const setOf = <A>(member: t.Type<A, RegoValue, unknown>): t.Type<readonly A[], RegoValue, unknown> => {
  const members = t.readonlyArray(member)
  return new t.Type(
    `set of ${member.name}`,
    members.is,
    (u, context) => (u instanceof RegoSet ? members.validate(u.members, context) : t.failure(u, context)),
    (a) => new RegoSet(a.map(member.encode)),
  )
}

/** An object with keys of any type, as entries in Rego's order of keys. */
export const mapOf = <K, V>(
  key: t.Type<K, RegoValue, unknown>,
  value: t.Type<V, RegoValue, unknown>,
): t.Type<readonly (readonly [K, V])[], RegoValue, unknown> => {
  const entries = t.readonlyArray(t.tuple([key, value]))
  return new t.Type(
    `object of ${key.name} to ${value.name}`,
    (u): u is readonly (readonly [K, V])[] => E.isRight(entries.decode(u)),
    (u, context) => {
      if (u instanceof RegoMap) return entries.validate(u.entries, context)
      const plain =
        typeof u === 'object' && u !== null && !Array.isArray(u) && !(u instanceof RegoSet || u instanceof Decimal)
      return plain ? entries.validate(Object.entries(u), context) : t.failure(u, context)
    },
    (a) => new RegoMap(a.map(([k, v]) => [key.encode(k), value.encode(v)] as const)),
  )
}
