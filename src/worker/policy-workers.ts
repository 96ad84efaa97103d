import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import type { Json } from '../json'
import type { PolicyProblem } from '../problem'
import { termText } from '../rego/input'
import type { Answer, ValueAnswer } from '../rego/instance'
import { compileModule } from '../rego/module'
import type { EvaluateOptions, LoadPolicyOptions } from '../rego/policy'
import { EXACT, JSON_READING, readTerm } from '../rego/term'
import type { RegoValue } from '../rego/value'
import { reasonOf, workerFailed } from './failure'
import { type AskOptions, anotherAnswer, Pool, type PoolOptions, type Reply } from './pool'
import type { WorkerPort } from './port'
import type { Request } from './protocol'

/** What `loadPolicy` takes, but for what a worker's own script gives: builtins and their provider. */
export interface PolicyWorkersOptions extends Omit<LoadPolicyOptions, 'builtins' | 'provider'> {
  /** Starts a worker whose script calls `servePolicies`. Called again after a worker was ended. */
  readonly start: () => WorkerPort
  /** The most workers at a time; they are started as they are needed. Default, and the least: 1. */
  readonly size?: number
  /**
   * Milliseconds that a worker has, from its start, to load the policy; past them it is ended and `policy-worker-failed`. Default: none, so a
   * script that never calls `servePolicies` is waited for.
   */
  readonly loadDeadline?: number
}

export interface WorkerEvaluateOptions extends EvaluateOptions, AskOptions {}

/** A policy that is evaluated off this thread. Evaluations run side by side, as many as there are workers. */
export interface PolicyWorkers {
  readonly entrypoints: readonly string[]
  /** As `Policy.evaluate`. Beside its problems: `policy-deadline`, `policy-cancelled`, `policy-worker-failed`. */
  readonly evaluate: (options: WorkerEvaluateOptions) => TE.TaskEither<PolicyProblem, Answer>
  /** As `Policy.evaluateValue`. */
  readonly evaluateValue: (options: WorkerEvaluateOptions) => TE.TaskEither<PolicyProblem, ValueAnswer>
  /** Ends all workers; what they were at is `policy-cancelled`. */
  readonly close: () => void
}

interface Answered<A> {
  readonly value?: A
  readonly diagnostics: readonly PolicyProblem[]
}

const readAnswer = <A>(reply: Reply, read: (text: string) => A): E.Either<PolicyProblem, Answered<A>> =>
  pipe(
    reply,
    E.chain((said) => {
      if (said.kind !== 'answer') return anotherAnswer
      const { value, diagnostics } = said
      return E.tryCatch(
        () => (value === undefined ? { diagnostics } : { value: read(value), diagnostics }),
        (cause) => workerFailed(reasonOf(cause)),
      )
    }),
  )

/**
 * Loads a policy in workers. The evaluation of one blocks only its worker, can be given a deadline, and can be cancelled; both
 * end the worker, and another takes its place when it is needed.
 */
export const loadPolicyInWorkers = (options: PolicyWorkersOptions): TE.TaskEither<PolicyProblem, PolicyWorkers> =>
  pipe(
    compileModule(options.wasm),
    TE.bindTo('module'),
    TE.bind('dataText', () => TE.fromEither(termText(options.data ?? {}))),
    TE.chain(({ module, dataText }) => {
      const load: PoolOptions['load'] = {
        kind: 'load',
        module,
        dataText,
        seed: options.seed ?? 0,
        strict: options.strict ?? false,
        print: options.print !== undefined,
        ...(options.now === undefined ? {} : { now: options.now }),
        ...(options.maximumPages === undefined ? {} : { maximumPages: options.maximumPages }),
      }
      const pool = new Pool({
        start: options.start,
        // One that can be started at least, or what waits would wait for ever.
        size: options.size !== undefined && options.size >= 1 ? options.size : 1,
        load,
        print: options.print,
        loadDeadline: options.loadDeadline,
      })
      return pipe(
        () => pool.open(),
        TE.map((entrypoints) => policyOf(pool, entrypoints)),
      )
    }),
  )

const policyOf = (pool: Pool, entrypoints: readonly string[]): PolicyWorkers => {
  const asked =
    <A>(read: (text: string) => A) =>
    (options: WorkerEvaluateOptions): TE.TaskEither<PolicyProblem, Answered<A>> =>
    async () => {
      const inputText = options.input === undefined ? E.right(undefined) : termText(options.input)
      if (E.isLeft(inputText)) return inputText
      const request: Request = {
        kind: 'evaluate',
        ...(options.entrypoint === undefined ? {} : { entrypoint: options.entrypoint }),
        ...(inputText.right === undefined ? {} : { inputText: inputText.right }),
      }
      return readAnswer(await pool.ask(request, options), read)
    }
  return {
    entrypoints,
    evaluate: asked<Json>((text) => readTerm(text, JSON_READING)),
    evaluateValue: asked<RegoValue>((text) => readTerm(text, EXACT)),
    close: () => pool.close(),
  }
}
