import * as E from 'fp-ts/Either'
import type * as t from 'io-ts'
import { decode, pathText } from '../codec'
import type { Json } from '../json'
import { type RegoValue, toJson } from './value'

/** What a builtin may know beside its arguments, so that one input has one answer. */
export interface BuiltinContext {
  /** The time of the evaluation in nanoseconds since 1970; absent where none was given. */
  readonly now?: bigint
  /** The next random bytes; they follow from the seed and start anew with each evaluation. */
  readonly random: (length: number) => Uint8Array<ArrayBuffer>
  /** What builtins keep for the length of one evaluation. */
  readonly memo: Map<string, RegoValue>
}

/** A builtin over JSON: sets come as sorted arrays, numbers as doubles; undefined where OPA's has no result. */
export type Builtin = (...args: readonly Json[]) => Json | undefined

/** A builtin over exact values, as `defineBuiltin` makes it. */
export interface ValueBuiltin {
  readonly call: (context: BuiltinContext, ...args: readonly RegoValue[]) => RegoValue | undefined
  /** Tells it from functions, which all have a `call` of their own: else one that gives a set or a promise would be taken. */
  readonly apply?: never
}

/** Builtins by their Rego name, `time.parse_rfc3339_ns`. */
export type Builtins = Readonly<Record<string, Builtin | ValueBuiltin>>

/**
 * A builtin that the package supplies. Numbers among its arguments stand as they were written, `1.0` as a `Decimal`, since OPA's
 * builtins print them so.
 */
export type SuppliedBuiltin = ValueBuiltin['call']

/** The builtins of one family by their Rego name. */
export type Family = Readonly<Record<string, SuppliedBuiltin>>

/** Thrown by a builtin on arguments it refuses. The call is undefined, as in OPA, and becomes a diagnostic. */
export class BuiltinRefusal extends Error {
  override readonly name = 'BuiltinRefusal'
}

/** Any codecs, one for each argument. */
type Codecs = readonly t.Mixed[]

type Decoded<A extends Codecs> = { readonly [K in keyof A]: t.TypeOf<A[K]> }

export interface BuiltinDefinition<A extends Codecs, R> {
  /** What each argument must be; a call with others, or more or fewer, is undefined and a diagnostic that says why. */
  readonly args: readonly [...A]
  readonly result: t.Type<R, RegoValue, unknown>
  /** Undefined where the call is. May throw a `BuiltinRefusal` to say why. */
  readonly call: (...args: Decoded<A>) => R | undefined
}

/**
 * A builtin of your own with typed arguments and result. Arguments are exact values: sets are `RegoSet`, large integers
 * bigints.
 *
 * @example
 * const double = defineBuiltin({ args: [t.number], result: t.number, call: (n) => n * 2 })
 * loadPolicy({ wasm, builtins: { 'acme.double': double } })
 */
export const defineBuiltin = <const A extends Codecs, R>({
  args: codecs,
  result,
  call,
}: BuiltinDefinition<A, R>): ValueBuiltin => ({
  call: (_context, ...given) => {
    // The compiler counts arguments by what was declared to it, which may be something else.
    if (given.length !== codecs.length) {
      throw new BuiltinRefusal(`arguments: expected ${codecs.length}, given ${given.length}`)
    }
    const args = codecs.map((codec, at) => {
      const decoded = decode(codec, given[at])
      if (E.isRight(decoded)) return decoded.right
      const place = pathText(decoded.left.path)
      throw new BuiltinRefusal(
        `argument ${at + 1}${place === '' ? '' : ` at ${place}`}: expected ${decoded.left.expected}`,
      )
    })
    // Decoded one by one with the codecs that define the tuple.
    const made = call(...(args as unknown as Decoded<A>))
    return made === undefined ? undefined : result.encode(made)
  },
})

/** A custom builtin of either kind as one over values. */
export const overValues = (builtin: Builtin | ValueBuiltin): ValueBuiltin =>
  typeof builtin === 'function' ? { call: (_context, ...args) => builtin(...args.map(toJson)) } : builtin
