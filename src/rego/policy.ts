import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import { type PolicyProblem, problem } from '../problem'
import { type Builtins, type Family, overValues } from './builtin'
import { importBuiltins, isOffline } from './builtins/registry'
import { type HostOptions, PRINT } from './host'
import { type Input, jsonInput, NO_INPUT, termText } from './input'
import { type Answer, createInstance, type Instance, type TermAnswer, type ValueAnswer } from './instance'
import { type LoadedModule, loadModule } from './loaded-module'
import { compileModule, type ModuleSource } from './module'
import type { PrintSink } from './print'
import type { RegoObject, RegoValue } from './value'

/** 1 GiB in pages of 64 KiB. */
const DEFAULT_MAXIMUM_PAGES = 16_384
/**
 * WebAssembly's memory is never given back while its instance lives. One that holds more than this, and of it used a quarter at most, is not kept: a run of
 * large inputs keeps it, the next small one lets it go.
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
      evaluateTerm: (entrypoint, text) =>
        ask(
          entrypoint,
          () => E.right(text === undefined ? NO_INPUT : { text }),
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
          () => E.right(inputOf(input)),
          (instance) => instance.evaluate,
        ),
      evaluateValue: ({ entrypoint, input }) =>
        ask(
          entrypoint,
          () => E.right(inputOf(input)),
          (instance) => instance.evaluateValue,
        ),
      evaluateText: (entrypoint, text, { trusted = false } = {}) =>
        ask(
          entrypoint,
          () => (trusted ? E.right({ text }) : jsonInput(text)),
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
    input: () => E.Either<PolicyProblem, Input>,
    evaluationOf: (instance: Instance) => Evaluation<A>,
  ) => E.Either<PolicyProblem, A>
}

type Evaluation<A> = (entrypoint: string, input: Input) => E.Either<PolicyProblem, A>

const evaluatorOn = (loaded: Loaded, dataText: string): E.Either<PolicyProblem, Evaluator> => {
  const make = (): E.Either<PolicyProblem, Instance> => createInstance(loaded.module, { ...loaded, dataText })
  const idle: Instance[] = []

  const take = (): E.Either<PolicyProblem, Instance> => {
    const kept = idle.pop()
    return kept === undefined ? make() : E.right(kept)
  }

  const keep = (instance: Instance): void => {
    if (idle.length < MOST_IDLE && !isWasteful(instance)) idle.push(instance)
  }

  /** Runs one evaluation. After a failure the state of the instance is not known, and it is dropped. */
  const run = <A extends Answered>(
    entrypoint: string,
    input: Input,
    evaluationOf: (instance: Instance) => Evaluation<A>,
  ): E.Either<PolicyProblem, A> => {
    const instance = take()
    if (E.isLeft(instance)) return instance
    const answer = evaluationOf(instance.right)(entrypoint, input)
    if (E.isLeft(answer)) {
      // It was never asked.
      if (answer.left.code === 'policy-input-malformed') keep(instance.right)
      return answer
    }
    keep(instance.right)
    const failed = loaded.strict ? answer.right.diagnostics[0] : undefined
    return failed === undefined ? answer : E.left(failed)
  }

  return pipe(
    make(),
    E.map((first) => {
      idle.push(first)
      const entrypoints = Object.keys(loaded.module.entrypoints)
      const [only = ''] = entrypoints.length === 1 ? entrypoints : []
      return {
        entrypoints,
        ask: (entrypoint = only, input, evaluationOf) => {
          if (!entrypoints.includes(entrypoint)) {
            return E.left(problem('policy-entrypoint-unknown', { entrypoint, known: entrypoints }))
          }
          const given = input()
          return E.isLeft(given) ? given : run(entrypoint, given.right, evaluationOf)
        },
      }
    }),
  )
}

const isWasteful = (instance: Instance): boolean => {
  const held = instance.memoryBytes()
  return held > KEPT_BYTES && held > instance.usedBytes() * SHARE_IN_USE
}

const inputOf = (value: RegoValue | undefined): Input => (value === undefined ? NO_INPUT : { value })
