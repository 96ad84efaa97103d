import type { Json } from '../json'

/** A builtin that the host supplies: JSON arguments in, a JSON value out, or undefined where OPA's has no result. */
export type Builtin = (...args: readonly Json[]) => Json | undefined

/** Builtins by their Rego name, `time.parse_rfc3339_ns`. */
export type Builtins = Readonly<Record<string, Builtin>>

/** Thrown by a builtin on arguments it refuses. The call is undefined, as in OPA, and becomes a diagnostic. */
export class BuiltinRefusal extends Error {
  override readonly name = 'BuiltinRefusal'
}
