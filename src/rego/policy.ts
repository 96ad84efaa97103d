import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import { type PolicyProblem, problem } from '../problem'
import { type Builtins, type Family, overValues } from './builtin'
import { importBuiltins, isOffline } from './builtins/registry'
import { type HostOptions, PRINT } from './host'
import { type Answer, createInstance, type Instance, type TermAnswer, type ValueAnswer } from './instance'
import { jsonPlace } from './json-place'
import { FIRST_PAGES, type LoadedModule, loadModule } from './loaded-module'
import { PAGE } from './memory'
import { compileModule, type ModuleSource } from './module'
import type { PrintSink } from './print'
import { writeTerm } from './term'
import type { RegoObject, RegoValue } from './value'

/** The text of no input: the module then finds `input` undefined. */
const NO_INPUT = ''

/** 1 GiB in pages of 64 KiB. */
const DEFAULT_MAXIMUM_PAGES = 16_384
/** What the evaluation of an input takes, in multiples of its text. */
const MEMORY_PER_INPUT_CHARACTER = 24
/**
 * WebAssembly's memory is never given back while its instance lives. One that holds more than this is dropped when an input comes that
 * would need a quarter of it: a run of large inputs keeps it, the next small one lets it go.
 */
const KEPT_BYTES = 64 * 1024 * 1024
const SHARE_IN_USE = 4
/** Instances that wait for the next evaluation; more than one only where builtins evaluate in turn. */
const MOST_IDLE = 4

/** Where the builtins come from that this package does not have itself. */
export type BuiltinProvider = (names: readonly string[]) => TE.TaskEither<PolicyProblem, Builtins>

export interface LoadPolicyOptions {
  /** The compiled module. */
  readonly wasm: ModuleSource
  /** What the policy reads as `data`. */
  readonly data?: RegoObject
  /** Builtins of your own by Rego name; they win over the supplied ones. */
  readonly builtins?: Builtins
  /**
   * Asked for the builtins that this package does not have itself, where a policy calls one: `opaBuiltinProvider` of the entry
   * `./compiler` has them all, and the entry `./node` uses it unasked.
   */
  readonly provider?: BuiltinProvider
  /** What `time.now_ns` gives, in nanoseconds since 1970. Without it a call of `time.now_ns` is undefined and a diagnostic. */
  readonly now?: bigint
  /** What `rand.intn` and `uuid.rfc4122` follow from: the same seed, the same answers. Default: 0. */
  readonly seed?: number
  /** Where `print` writes to. Default: nowhere. */
  readonly print?: PrintSink
  /** The most memory an evaluation may take, in pages of 64 KiB; default 16,384 (1 GiB). */
  readonly maximumPages?: number
  /** A builtin that fails is an error, where OPA and the default go on with an undefined value. */
  readonly strict?: boolean
}

export interface EvaluateOptions {
  /** `report/outcomes`; may be left out where the module has one entrypoint only. */
  readonly entrypoint?: string
  /** Any Rego value, JSON among them. Absent: the policy sees no input. */
  readonly input?: RegoValue
}

export interface EvaluateTextOptions {
  /**
   * The text is known to be JSON and is not looked at. A module reads what is not JSON as no input, or reads its beginning
   * alone: only for text that a serialiser made.
   */
  readonly trusted?: boolean
}

/** A loaded policy. Evaluations are synchronous and independent of each other, also where a builtin starts another one. */
export interface Policy {
  readonly entrypoints: readonly string[]
  /**
   * The value of an entrypoint as JSON: a set is a sorted array, a number the nearest double. Absent from the answer where the
   * policy leaves it undefined.
   */
  readonly evaluate: (options: EvaluateOptions) => E.Either<PolicyProblem, Answer>
  /** As `evaluate`, with an exact value: sets, keys of any kind, integers and decimals of any length. */
  readonly evaluateValue: (options: EvaluateOptions) => E.Either<PolicyProblem, ValueAnswer>
  /** As `evaluate`, for an input that is JSON text already. A text that is not is refused, which costs a `JSON.parse`. */
  readonly evaluateText: (
    entrypoint: string,
    inputText: string,
    options?: EvaluateTextOptions,
  ) => E.Either<PolicyProblem, Answer>
  /** The same policy over other data. */
  readonly withData: (data: RegoObject) => E.Either<PolicyProblem, Policy>
}

interface Loaded extends HostOptions {
  readonly module: LoadedModule
  readonly maximumPages: number
  readonly strict: boolean
}

/** A policy that reads and answers the texts of terms; whoever asks writes the one and reads the other. */
export interface TermPolicy {
  readonly entrypoints: readonly string[]
  /** As `Policy.evaluate`. Text that is no term is read by the module as no input. */
  readonly evaluateTerm: (
    entrypoint: string | undefined,
    inputText: string | undefined,
  ) => E.Either<PolicyProblem, TermAnswer>
}

/** Loads a compiled policy. Errors: not a module, another ABI, a builtin that exists nowhere here. */
export const loadPolicy = (options: LoadPolicyOptions): TE.TaskEither<PolicyProblem, Policy> =>
  pipe(
    loaded(options),
    TE.chainEitherK((ready) => policyOver(ready, options.data ?? {})),
  )

/** As `loadPolicy`, over data that is the text of a term already. */
export const loadTermPolicy = (
  options: Omit<LoadPolicyOptions, 'data'>,
  dataText: string,
): TE.TaskEither<PolicyProblem, TermPolicy> =>
  pipe(
    loaded(options),
    TE.chainEitherK((ready) => evaluatorOn(ready, dataText)),
    TE.map(({ entrypoints, ask }) => ({
      entrypoints,
      evaluateTerm: (entrypoint, inputText = NO_INPUT) =>
        ask(
          entrypoint,
          () => E.right(inputText),
          (instance) => instance.evaluateTerm,
        ),
    })),
  )

const loaded = (options: Omit<LoadPolicyOptions, 'data'>): TE.TaskEither<PolicyProblem, Loaded> =>
  pipe(
    compileModule(options.wasm),
    TE.chainEitherK(loadModule),
    TE.bindTo('module'),
    TE.bind('supplied', ({ module }) => suppliedFor(Object.keys(module.builtins), options)),
    TE.map(({ module, supplied }) => ({
      module,
      supplied,
      own: callsOf(options.builtins ?? {}),
      seed: options.seed ?? 0,
      maximumPages: options.maximumPages ?? DEFAULT_MAXIMUM_PAGES,
      strict: options.strict ?? false,
      ...(options.now === undefined ? {} : { now: options.now }),
      ...(options.print === undefined ? {} : { print: options.print }),
    })),
  )

const callsOf = (builtins: Builtins): Family =>
  Object.fromEntries(Object.entries(builtins).map(([name, builtin]) => [name, overValues(builtin).call]))

/** The builtins that a module needs beside the caller's own: first those of this package, then the provider's. */
const suppliedFor = (
  required: readonly string[],
  { builtins = {}, provider }: LoadPolicyOptions,
): TE.TaskEither<PolicyProblem, Family> => {
  const wanted = required.filter((name) => !Object.hasOwn(builtins, name) && name !== PRINT)
  const absent = (known: Family): readonly string[] => wanted.filter((name) => !Object.hasOwn(known, name))
  return pipe(
    TE.fromTask<Family, PolicyProblem>(() => importBuiltins(wanted)),
    TE.chain((known) => {
      const others = absent(known).filter(isOffline)
      return provider === undefined || others.length === 0
        ? TE.right(known)
        : pipe(
            provider(others),
            TE.map((provided): Family => ({ ...known, ...callsOf(provided) })),
          )
    }),
    TE.filterOrElse(
      (known) => absent(known).length === 0,
      (known): PolicyProblem => problem('policy-builtin-unsupported', { builtins: absent(known) }),
    ),
  )
}

interface Answered {
  readonly diagnostics: readonly PolicyProblem[]
}

const policyOver = (loaded: Loaded, data: RegoObject): E.Either<PolicyProblem, Policy> =>
  pipe(
    termText(data),
    E.chain((dataText) => evaluatorOn(loaded, dataText)),
    E.map(({ entrypoints, ask }) => ({
      entrypoints,
      evaluate: ({ entrypoint, input }) =>
        ask(
          entrypoint,
          () => inputText(input),
          (instance) => instance.evaluate,
        ),
      evaluateValue: ({ entrypoint, input }) =>
        ask(
          entrypoint,
          () => inputText(input),
          (instance) => instance.evaluateValue,
        ),
      evaluateText: (entrypoint, text, { trusted = false } = {}) =>
        ask(
          entrypoint,
          () => (trusted ? E.right(text) : jsonText(text)),
          (instance) => instance.evaluate,
        ),
      withData: (other) => policyOver(loaded, other),
    })),
  )

/** The instances of a policy over one document of data. */
interface Evaluator {
  readonly entrypoints: readonly string[]
  /** Evaluates an entrypoint, or the only one; the input is asked for where there is such an entrypoint. */
  readonly ask: <A extends Answered>(
    entrypoint: string | undefined,
    inputText: () => E.Either<PolicyProblem, string>,
    evaluationOf: (instance: Instance) => Evaluation<A>,
  ) => E.Either<PolicyProblem, A>
}

type Evaluation<A> = (entrypoint: string, inputText: string) => E.Either<PolicyProblem, A>

const evaluatorOn = (loaded: Loaded, dataText: string): E.Either<PolicyProblem, Evaluator> => {
  const make = (initialPages: number): E.Either<PolicyProblem, Instance> =>
    createInstance(loaded.module, { ...loaded, dataText, initialPages })
  let idle: Instance[] = []

  const take = (inputText: string): E.Either<PolicyProblem, Instance> => {
    const bytes = inputText.length * MEMORY_PER_INPUT_CHARACTER
    if (idle.some((instance) => isWasteful(instance, bytes))) {
      idle = idle.filter((instance) => !isWasteful(instance, bytes))
    }
    const at = idle.findIndex((instance) => instance.memoryBytes() >= bytes)
    const [kept] = at < 0 ? [] : idle.splice(at, 1)
    return kept === undefined ? make(FIRST_PAGES + Math.ceil(bytes / PAGE)) : E.right(kept)
  }

  /** Runs one evaluation. After a failure the state of the instance is not known, and it is dropped. */
  const run = <A extends Answered>(
    entrypoint: string,
    inputText: string,
    evaluationOf: (instance: Instance) => Evaluation<A>,
  ): E.Either<PolicyProblem, A> => {
    const instance = take(inputText)
    if (E.isLeft(instance)) return instance
    const answer = evaluationOf(instance.right)(entrypoint, inputText)
    if (E.isLeft(answer)) return answer
    if (idle.length < MOST_IDLE) idle.push(instance.right)
    const failed = loaded.strict ? answer.right.diagnostics[0] : undefined
    return failed === undefined ? answer : E.left(failed)
  }

  return pipe(
    make(FIRST_PAGES),
    E.map((first) => {
      idle.push(first)
      const entrypoints = Object.keys(loaded.module.entrypoints)
      const [only = ''] = entrypoints.length === 1 ? entrypoints : []
      return {
        entrypoints,
        ask: (entrypoint = only, inputText, evaluationOf) => {
          if (!entrypoints.includes(entrypoint)) {
            return E.left(problem('policy-entrypoint-unknown', { entrypoint, known: entrypoints }))
          }
          const text = inputText()
          return E.isLeft(text) ? text : run(entrypoint, text.right, evaluationOf)
        },
      }
    }),
  )
}

const isWasteful = (instance: Instance, bytes: number): boolean =>
  instance.memoryBytes() > KEPT_BYTES && instance.memoryBytes() > bytes * SHARE_IN_USE

const jsonText = (text: string): E.Either<PolicyProblem, string> => {
  try {
    JSON.parse(text)
    return E.right(text)
  } catch {
    return E.left(problem('policy-input-malformed', { reason: 'a value cannot be read' }, jsonPlace(text, 'input')))
  }
}

const inputText = (input: RegoValue | undefined): E.Either<PolicyProblem, string> =>
  input === undefined ? E.right(NO_INPUT) : termText(input)

/** The text that a module reads, or why there is none. */
export const termText = (value: RegoValue): E.Either<PolicyProblem, string> => {
  const refused = (reason: string): E.Either<PolicyProblem, string> =>
    E.left(problem('policy-input-malformed', { reason }))
  // Bytes would be serialised as an object of numbers, and answered as such.
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return refused('bytes were given; parse them first')
  try {
    return E.right(writeTerm(value))
  } catch (error) {
    return refused(error instanceof Error ? error.message : String(error))
  }
}
