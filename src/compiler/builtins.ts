import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import type { PolicyProblem } from '../problem'
import { BuiltinRefusal, type ValueBuiltin } from '../rego/builtin'
import type { BuiltinProvider } from '../rego/policy'
import { readWritten, writeTerm } from '../rego/term'
import type { RegoValue } from '../rego/value'
import { callNow } from './call'
import type { RegoCompiler } from './compiler'
import { parsable } from './parsable'
import { shippedCompiler } from './shipped'

export interface BuiltinOptions {
  /** The time that builtins see, in nanoseconds since 1970. Default: 0. */
  readonly now?: bigint
  /** What is random follows from this. Default: 0. */
  readonly seed?: number
}

/**
 * Calls OPA's own builtin with arguments written as Rego terms, which keep sets, keys that are no strings, and exact
 * numbers. The result is a term too; undefined where the call is. About 0.5 ms.
 */
export const callBuiltin = (
  compiler: RegoCompiler,
  name: string,
  terms: readonly string[],
  { now = 0n, seed = 0 }: BuiltinOptions = {},
): E.Either<readonly PolicyProblem[], string | undefined> =>
  pipe(
    callNow('builtin', compiler, { name, args: terms, now: now.toString(), seed }),
    E.map(({ value }) => value),
  )

const termOf = (value: RegoValue): string => parsable(writeTerm(value))

const opaBuiltin = (compiler: RegoCompiler, name: string): ValueBuiltin => ({
  call: ({ now, random }, ...args) => {
    const [seed = 0] = random(1)
    const answer = callBuiltin(compiler, name, args.map(termOf), now === undefined ? { seed } : { seed, now })
    if (E.isLeft(answer)) throw new BuiltinRefusal(answer.left.map(({ message }) => message).join('; '))
    return answer.right === undefined ? undefined : readWritten(answer.right)
  },
})

/** OPA's builtins of these names as `loadPolicy` takes them. */
export const opaBuiltins = (compiler: RegoCompiler, names: readonly string[]): Readonly<Record<string, ValueBuiltin>> =>
  Object.fromEntries(names.map((name) => [name, opaBuiltin(compiler, name)]))

/**
 * Gives `loadPolicy` OPA's own code for the builtins that the engine does not have itself. The compiler, by default the shipped one,
 * is loaded only when a policy calls such a builtin.
 *
 * @example
 * loadPolicy({ wasm, provider: opaBuiltinProvider() })
 */
export const opaBuiltinProvider =
  (compiler?: RegoCompiler): BuiltinProvider =>
  (names) =>
    pipe(
      compiler === undefined ? shippedCompiler : TE.right(compiler),
      TE.map((loaded) => opaBuiltins(loaded, names)),
    )
