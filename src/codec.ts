import * as E from 'fp-ts/Either'
import * as t from 'io-ts'
import { isArray, type Json, type JsonObject } from './json'

/** Any JSON object. */
export const jsonObject = new t.Type<JsonObject, JsonObject, unknown>(
  'object',
  (u): u is JsonObject => typeof u === 'object' && u !== null && !Array.isArray(u),
  (u, context) =>
    typeof u === 'object' && u !== null && !Array.isArray(u) ? t.success(u as JsonObject) : t.failure(u, context),
  t.identity,
)

/**
 * An object with exactly these members. io-ts has `exact`, which drops unknown members instead of refusing them, and
 * `partial`, which lets a member be present and undefined; neither is what a document format means. Encodes member by member.
 */
export const exact = <R extends t.Props, O extends t.Props>(
  name: string,
  required: R,
  optional: O,
): t.Type<
  { readonly [K in keyof R]: t.TypeOf<R[K]> } & { readonly [K in keyof O]?: t.TypeOf<O[K]> },
  { readonly [K in keyof R]: t.OutputOf<R[K]> } & { readonly [K in keyof O]?: t.OutputOf<O[K]> },
  unknown
> => {
  type Encoded = { readonly [K in keyof R]: t.OutputOf<R[K]> } & { readonly [K in keyof O]?: t.OutputOf<O[K]> }
  type A = { readonly [K in keyof R]: t.TypeOf<R[K]> } & { readonly [K in keyof O]?: t.TypeOf<O[K]> }
  const validate: t.Validate<unknown, A> = (u, context) => {
    if (!jsonObject.is(u)) return t.failure(u, context, name)
    const errors: t.Errors = []
    const made: Record<string, unknown> = {}
    const read = (key: string, codec: t.Mixed): void => {
      const result = codec.validate(u[key], t.appendContext(context, key, codec, u[key]))
      if (E.isLeft(result)) errors.push(...result.left)
      else made[key] = result.right
    }
    for (const [key, codec] of Object.entries(required)) read(key, codec)
    for (const [key, codec] of Object.entries(optional)) if (Object.hasOwn(u, key)) read(key, codec)
    for (const key of Object.keys(u)) {
      if (!Object.hasOwn(required, key) && !Object.hasOwn(optional, key)) {
        errors.push({
          value: u[key],
          context: t.appendContext(context, key, t.never, u[key]),
          message: 'no such field',
        })
      }
    }
    // `made` was filled member by member from the codecs that define A.
    return errors.length > 0 ? t.failures(errors) : t.success(made as A)
  }
  const encode = (a: A): Encoded => {
    const codecs: Readonly<Record<string, t.Mixed>> = { ...required, ...optional }
    const members = Object.entries(a).map(([key, value]) => [key, codecs[key]?.encode(value)])
    // Member by member from the codecs that define Encoded.
    return Object.fromEntries(members) as Encoded
  }
  return new t.Type(name, (u): u is A => E.isRight(validate(u, [])), validate, encode)
}

/** Where a value did not fit a codec, and what was expected there. */
export interface Mismatch {
  readonly path: readonly (string | number)[]
  readonly expected: string
}

const segment = (key: string, parent: unknown): string | number =>
  isArray(parent as Json) && /^\d+$/.test(key) ? Number(key) : key

/** The places that did not fit, deepest context of each error; unions give one entry per branch. */
export const mismatches = (errors: t.Errors): readonly Mismatch[] =>
  errors.map((error) => ({
    path: error.context
      .map((entry, at) => ({
        key: entry.key,
        parent: error.context[at - 1]?.actual,
        type: error.context[at - 1]?.type,
      }))
      // Unions and intersections add entries that stand for a branch, not for a place in the value.
      .filter(({ key, type }, at) => at > 0 && key !== '' && !isBranching(type))
      .map(({ key, parent }) => segment(key, parent)),
    expected: error.message ?? error.context.at(-1)?.type.name ?? 'another value',
  }))

const isBranching = (type: unknown): boolean =>
  type instanceof t.UnionType || type instanceof t.IntersectionType || type instanceof t.ReadonlyType

/** Decodes, giving the first place that does not fit. */
export const decode = <A>(codec: t.Type<A, unknown, unknown>, value: unknown): E.Either<Mismatch, A> => {
  const result = codec.decode(value)
  if (E.isRight(result)) return result
  return E.left(mismatches(result.left)[0] ?? { path: [], expected: codec.name })
}

/** A path as people write it: `spec.containers[0].image`. */
export const pathText = (path: readonly (string | number)[]): string =>
  path.reduce<string>(
    (text, at) =>
      typeof at === 'number'
        ? `${text}[${at}]`
        : /^[A-Za-z_][\w-]*$/.test(at)
          ? text === ''
            ? at
            : `${text}.${at}`
          : `${text}[${JSON.stringify(at)}]`,
    '',
  )
