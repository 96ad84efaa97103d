import type { Json, JsonObject } from '../src/json'
import type { Problem } from '../src/problem'

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false

type Writable<A> = { -readonly [K in keyof A]: A[K] }

/** Types of endless depth, which are readonly by what they are made of. */
type IsEndless<A> = [Json] extends [A] ? true : [JsonObject] extends [A] ? true : [Problem] extends [A] ? true : false

/**
 * The places in a type of data that can be changed, `.items[].controls` for one; `never` where it is readonly throughout, whether it
 * is written as an interface or made of parts.
 */
export type Changeable<A, At extends string = ''> =
  IsEndless<A> extends true
    ? never
    : A extends ((...args: never) => unknown) | Uint8Array
      ? never
      : A extends readonly (infer Member)[]
        ? (A extends unknown[] ? At : never) | Changeable<Member, `${At}[]`>
        : A extends object
          ? {
              [K in keyof A & string]-?:
                | (Same<Pick<A, K>, Writable<Pick<A, K>>> extends true ? `${At}.${K}` : never)
                | Changeable<A[K], `${At}.${K}`>
            }[keyof A & string]
          : never
