import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import type { Json, JsonObject } from '../json'
import { type PolicyProblem, problem } from '../problem'
import type { Builtins } from './builtin'
import { importBuiltins } from './builtins/registry'
import { type Answer, createInstance, FIRST_PAGES, type Instance, PAGE, requiredBuiltins } from './instance'
import { compileModule, type ModuleSource } from './module'

/** 1 GiB in pages of 64 KiB. */
const DEFAULT_MAXIMUM_PAGES = 16_384
/** What the evaluation of an input takes, in multiples of its text. */
const MEMORY_PER_INPUT_CHARACTER = 24
/** An instance that grew beyond this is dropped after the call, since its memory would never be given back. */
const KEPT_BYTES = 64 * 1024 * 1024

export interface LoadPolicyOptions {
  /** The compiled module. */
  readonly wasm: ModuleSource
  /** What the policy reads as `data`. */
  readonly data?: JsonObject
  /** Builtins of your own by Rego name; they win over the supplied ones. */
  readonly builtins?: Builtins
  /** The most memory an evaluation may take, in pages of 64 KiB; default 16,384 (1 GiB). */
  readonly maximumPages?: number
  /** A builtin that fails is an error, where OPA and the default go on with an undefined value. */
  readonly strict?: boolean
}

export interface EvaluateOptions {
  /** `report/outcomes`; may be left out where the module has one entrypoint only. */
  readonly entrypoint?: string
  readonly input?: Json
}

/** A loaded policy. Evaluations are synchronous and independent of each other. */
export interface Policy {
  readonly entrypoints: readonly string[]
  /** The value of an entrypoint; absent from the answer where the policy leaves it undefined. */
  readonly evaluate: (options: EvaluateOptions) => E.Either<PolicyProblem, Answer>
  /** As `evaluate`, for an input that is JSON text already; the text is trusted to be JSON. */
  readonly evaluateText: (entrypoint: string, inputText: string) => E.Either<PolicyProblem, Answer>
  /** The same policy over other data. */
  readonly withData: (data: JsonObject) => E.Either<PolicyProblem, Policy>
}

interface Loaded {
  readonly module: WebAssembly.Module
  readonly builtins: Builtins
  readonly maximumPages: number
  readonly strict: boolean
}

/** Loads a compiled policy. Errors: not a module, another ABI, a builtin that exists nowhere here. */
export const loadPolicy = (options: LoadPolicyOptions): TE.TaskEither<PolicyProblem, Policy> =>
  pipe(
    compileModule(options.wasm),
    TE.bindTo('module'),
    TE.bind('required', ({ module }) => TE.fromEither(requiredBuiltins(module))),
    TE.bind('builtins', ({ required }) => supplied(required, options.builtins ?? {})),
    TE.chainEitherK(({ module, builtins }) =>
      policyOver(
        {
          module,
          builtins,
          maximumPages: options.maximumPages ?? DEFAULT_MAXIMUM_PAGES,
          strict: options.strict ?? false,
        },
        options.data ?? {},
      ),
    ),
  )

const supplied = (required: readonly string[], own: Builtins): TE.TaskEither<PolicyProblem, Builtins> =>
  pipe(
    TE.fromTask<Builtins, PolicyProblem>(() => importBuiltins(required.filter((name) => !Object.hasOwn(own, name)))),
    TE.map((known): Builtins => ({ ...known, ...own })),
    TE.filterOrElse(
      (known) => required.every((name) => Object.hasOwn(known, name)),
      (known): PolicyProblem =>
        problem('policy-builtin-unsupported', { builtins: required.filter((name) => !Object.hasOwn(known, name)) }),
    ),
  )

const policyOver = (loaded: Loaded, data: JsonObject): E.Either<PolicyProblem, Policy> => {
  const dataText = JSON.stringify(data)
  const make = (initialPages: number): E.Either<PolicyProblem, Instance> =>
    createInstance(loaded.module, { ...loaded, dataText, initialPages })
  return pipe(
    make(FIRST_PAGES),
    E.map((first) => {
      let kept: Instance | undefined = first
      const entrypoints = first.entrypoints
      const evaluateText = (entrypoint: string, inputText: string): E.Either<PolicyProblem, Answer> => {
        if (!entrypoints.includes(entrypoint)) {
          return E.left(problem('policy-entrypoint-unknown', { entrypoint, known: entrypoints }))
        }
        const bytes = inputText.length * MEMORY_PER_INPUT_CHARACTER
        const instance =
          kept === undefined || kept.memoryBytes() < bytes ? make(FIRST_PAGES + Math.ceil(bytes / PAGE)) : E.right(kept)
        if (E.isLeft(instance)) return instance
        const answer = instance.right.evaluate(entrypoint, inputText)
        // After a failure the module's heap is in no known state; the next call starts afresh.
        kept = E.isRight(answer) && instance.right.memoryBytes() <= KEPT_BYTES ? instance.right : undefined
        const failed = E.isRight(answer) && loaded.strict ? answer.right.diagnostics[0] : undefined
        return failed === undefined ? answer : E.left(failed)
      }
      return {
        entrypoints,
        evaluateText,
        evaluate: ({ entrypoint = entrypoints.length === 1 ? (entrypoints[0] ?? '') : '', input }) =>
          input === undefined
            ? evaluateText(entrypoint, 'null')
            : pipe(
                jsonText(input),
                E.chain((text) => evaluateText(entrypoint, text)),
              ),
        withData: (other) => policyOver(loaded, other),
      }
    }),
  )
}

const jsonText = (input: Json): E.Either<PolicyProblem, string> => {
  const refused = (reason: string): E.Either<PolicyProblem, string> =>
    E.left(problem('policy-input-malformed', { reason }))
  // Bytes would be serialised as an object of numbers, and answered as such.
  if (ArrayBuffer.isView(input) || input instanceof ArrayBuffer) return refused('bytes were given; parse them first')
  try {
    const text: unknown = JSON.stringify(input)
    return typeof text === 'string' ? E.right(text) : refused(`a ${typeof input} was given`)
  } catch (error) {
    return refused(error instanceof Error ? error.message : String(error))
  }
}
