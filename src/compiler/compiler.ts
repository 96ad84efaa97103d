import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import type * as t from 'io-ts'
import { decode, pathText } from '../codec'
import type { JsonObject } from '../json'
import { type PolicyProblem, problem } from '../problem'
import { type Instance, instantiate, instantiateNow } from './instance'
import { type CompilerModule, compileCompiler } from './module'
import { OPERATIONS, type Operation, RESULTS, type ReplyProblem, type Result, reply } from './reply'

/** Why a call gave no result: what OPA found in the sources, or that the module itself failed. */
export type CallFailure =
  | { readonly kind: 'problems'; readonly problems: readonly ReplyProblem[] }
  | { readonly kind: 'aborted'; readonly problem: PolicyProblem }

/**
 * OPA's compiler, loaded. Hand it to the functions of this module. It holds about 370 MB until it is let go. A call
 * that ends the module gives a problem; the next call starts a fresh one.
 */
export interface RegoCompiler {
  readonly call: <O extends Operation>(operation: O, request: JsonObject) => TE.TaskEither<CallFailure, Result<O>>
  /** Without waiting. Only after the module was ended on a browser's main thread is this refused. */
  readonly callNow: <O extends Operation>(operation: O, request: JsonObject) => E.Either<CallFailure, Result<O>>
}

const reasonOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))

const aborted = (reason: string): CallFailure => ({
  kind: 'aborted',
  problem: problem('rego-compiler-aborted', { reason }),
})

// RESULTS holds the codec of exactly Result<O> for each O, which an indexed access cannot say.
const resultCodec = <O extends Operation>(operation: O): t.Type<Result<O>, unknown, unknown> =>
  RESULTS[operation] as unknown as t.Type<Result<O>, unknown, unknown>

const readReply = <O extends Operation>(operation: O, text: string): E.Either<CallFailure, Result<O>> =>
  pipe(
    E.tryCatch((): unknown => JSON.parse(text), reasonOf),
    E.chain((value) =>
      pipe(
        decode(reply, value),
        E.mapLeft(({ path }) => `its reply does not fit at ${pathText(path)}`),
      ),
    ),
    E.mapLeft(aborted),
    E.chain((read) =>
      'errors' in read
        ? E.left<CallFailure, Result<O>>({ kind: 'problems', problems: read.errors })
        : pipe(
            decode(resultCodec(operation), read.result),
            E.mapLeft(({ path, expected }) =>
              aborted(`its result does not fit at ${pathText(path)}: expected ${expected}`),
            ),
          ),
    ),
  )

const perform = <O extends Operation>(
  instance: Instance,
  operation: O,
  request: JsonObject,
): E.Either<string, string> =>
  E.tryCatch(
    () => {
      const bytes = instance.call(OPERATIONS[operation], new TextEncoder().encode(JSON.stringify(request)))
      return new TextDecoder().decode(bytes)
    },
    (cause) => instance.lastWords() || reasonOf(cause),
  )

const compilerOf = (module: WebAssembly.Module, first: Instance): RegoCompiler => {
  let running: Instance | undefined = first
  const callOn = <O extends Operation>(instance: Instance, operation: O, request: JsonObject) => {
    running = instance
    const done = perform(instance, operation, request)
    if (E.isLeft(done)) running = undefined
    return pipe(
      done,
      E.mapLeft(aborted),
      E.chain((text) => readReply(operation, text)),
    )
  }
  return {
    call: (operation, request) =>
      pipe(
        TE.tryCatch(
          async () => running ?? (await instantiate(module)),
          (cause) => aborted(reasonOf(cause)),
        ),
        TE.chainEitherK((instance) => callOn(instance, operation, request)),
      ),
    callNow: (operation, request) =>
      pipe(
        E.tryCatch(
          () => running ?? instantiateNow(module),
          (cause) => aborted(reasonOf(cause)),
        ),
        E.chain((instance) => callOn(instance, operation, request)),
      ),
  }
}

/** What the compiler can be loaded from. */
export interface LoadRegoCompilerOptions {
  /** `rego.wasm.gz` of this package, packed or unpacked. */
  readonly module: CompilerModule
}

/**
 * Loads OPA's compiler, about 0.6 s. Load it once, and in a browser in a worker.
 *
 * @example
 * const compiler = await loadRegoCompiler({ module: fetch('rego.wasm.gz') })()
 */
export const loadRegoCompiler = ({ module }: LoadRegoCompilerOptions): TE.TaskEither<PolicyProblem, RegoCompiler> =>
  pipe(
    compileCompiler(module),
    TE.chain((compiled) =>
      TE.tryCatch(
        async () => compilerOf(compiled, await instantiate(compiled)),
        (cause): PolicyProblem => problem('rego-compiler-unavailable', { reason: reasonOf(cause) }),
      ),
    ),
  )
