import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import type { JsonObject } from '../json'
import { type PolicyProblem, problem } from '../problem'
import type { CallFailure, RegoCompiler } from './compiler'
import type { Operation, ReplyProblem, Result } from './reply'
import { shippedCompiler } from './shipped'
import { locator, type NamedText, type RegoSource } from './source'

/** What all functions on Rego sources take. */
export interface RegoOptions {
  /** How texts without `import rego.v1` are read. Default: `v1`. */
  readonly regoVersion?: 'v0' | 'v1'
  /** A loaded compiler. Default: the one shipped with the package, loaded on first use and kept. */
  readonly compiler?: RegoCompiler
  /** OPA's capabilities document: which builtins and features the sources may use. Default: all that OPA has. */
  readonly capabilities?: JsonObject
}

/** Turns what OPA says about these texts into problems with locations. */
export const problemOf = (texts: readonly NamedText[]): ((found: ReplyProblem) => PolicyProblem) => {
  const locate = locator(texts)
  return ({ code, message, span, conflict }) => {
    if (conflict !== undefined) return problem('rego-data-conflict', conflict)
    if (code === 'rego_no_entrypoint') return problem('rego-no-entrypoint', {})
    return problem('rego-error', { regoCode: code, reason: message }, span === undefined ? undefined : locate(span))
  }
}

const problemsOf = (texts: readonly NamedText[], failure: CallFailure): readonly PolicyProblem[] =>
  failure.kind === 'aborted' ? [failure.problem] : failure.problems.map(problemOf(texts))

const compilerIn = (options: RegoOptions): TE.TaskEither<readonly PolicyProblem[], RegoCompiler> =>
  options.compiler === undefined
    ? pipe(
        shippedCompiler,
        TE.mapLeft((unavailable) => [unavailable]),
      )
    : TE.right(options.compiler)

/** What an operation works on besides its own request. */
export interface CallTexts {
  readonly sources: readonly RegoSource[]
  readonly dataSources?: readonly NamedText[]
}

/** Runs one operation: the compiler's first, then what is particular to the operation. */
export const callOn = <O extends Operation>(
  operation: O,
  { sources, dataSources = [] }: CallTexts,
  options: RegoOptions,
  request: JsonObject,
): TE.TaskEither<readonly PolicyProblem[], Result<O>> =>
  pipe(
    compilerIn(options),
    TE.chain((compiler) =>
      pipe(
        compiler.call(operation, {
          sources: sources.map(({ name, text, regoVersion }) => ({
            name,
            text,
            ...(regoVersion === undefined ? {} : { regoVersion }),
          })),
          regoVersion: options.regoVersion ?? 'v1',
          ...(options.capabilities === undefined ? {} : { capabilities: options.capabilities }),
          ...request,
        }),
        TE.mapLeft((failure) => problemsOf([...sources, ...dataSources], failure)),
      ),
    ),
  )

/** The same for one answer that needs no sources and cannot wait. */
export const callNow = <O extends Operation>(
  operation: O,
  compiler: RegoCompiler,
  request: JsonObject,
): E.Either<readonly PolicyProblem[], Result<O>> =>
  pipe(
    compiler.callNow(operation, request),
    E.mapLeft((failure) => problemsOf([], failure)),
  )
