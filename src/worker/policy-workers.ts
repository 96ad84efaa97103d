import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import { decode, pathText } from '../codec'
import type { Json } from '../json'
import { type PolicyProblem, problem } from '../problem'
import type { Answer, ValueAnswer } from '../rego/instance'
import { compileModule } from '../rego/module'
import { type EvaluateOptions, type LoadPolicyOptions, termText } from '../rego/policy'
import type { PrintSink } from '../rego/print'
import { EXACT, readJson, readTerm } from '../rego/term'
import type { RegoValue } from '../rego/value'
import type { WorkerPort } from './port'
import { type Message, message, type Request } from './protocol'

/** What `loadPolicy` takes, but for what a worker's own script gives: builtins and their provider. */
export interface PolicyWorkersOptions extends Omit<LoadPolicyOptions, 'builtins' | 'provider'> {
  /** Starts a worker whose script calls `servePolicies`. Called again after a worker was ended. */
  readonly start: () => WorkerPort
  /** The most workers at a time; they are started as they are needed. Default: 1. */
  readonly size?: number
}

export interface WorkerEvaluateOptions extends EvaluateOptions {
  /** Milliseconds from the call to the answer, waiting for a free worker included. */
  readonly deadline?: number
  /** Ends the evaluation when it is aborted. */
  readonly signal?: AbortSignal
}

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

type Reply = E.Either<PolicyProblem, Exclude<Message, { kind: 'printed' | 'problem' }>>

/** A worker, and who waits for its reply. */
interface Running {
  readonly port: WorkerPort
  settle?: (reply: Reply) => void
}

/** An evaluation that waits for a worker, or is at one. */
interface Job {
  readonly request: Request
  readonly settle: (reply: Reply) => void
  worker?: Running
}

const workerFailed = (reason: string): PolicyProblem => problem('policy-worker-failed', { reason })

const reasonOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))

/** The workers of one policy and the evaluations that wait for one. */
class Workers {
  readonly #running = new Set<Running>()
  readonly #idle: Running[] = []
  readonly #waiting: Job[] = []
  #closed = false

  constructor(
    readonly start: () => WorkerPort,
    readonly size: number,
    readonly load: Request,
    readonly print: PrintSink | undefined,
  ) {}

  /** Starts a worker and loads the policy in it. */
  async open(): Promise<Reply> {
    let worker: Running
    try {
      worker = { port: this.start() }
    } catch (cause) {
      return E.left(workerFailed(reasonOf(cause)))
    }
    this.#running.add(worker)
    worker.port.listen(
      (given) => this.#receive(worker, given),
      (reason) => this.#end(worker, workerFailed(reason)),
    )
    const loaded = await this.#request(worker, this.load)
    if (E.isLeft(loaded)) this.#end(worker, loaded.left)
    else this.#free(worker)
    return loaded
  }

  ask(request: Request, { deadline, signal }: WorkerEvaluateOptions): Promise<Reply> {
    return new Promise((resolve) => {
      const stop = (reason: PolicyProblem): void => {
        const at = this.#waiting.indexOf(job)
        if (at >= 0) this.#waiting.splice(at, 1)
        // Nothing but its end stops a worker that is evaluating.
        if (job.worker === undefined) job.settle(E.left(reason))
        else this.#end(job.worker, reason)
      }
      const cancel = (): void => stop(problem('policy-cancelled', {}))
      const timer =
        deadline === undefined
          ? undefined
          : setTimeout(() => stop(problem('policy-deadline', { milliseconds: deadline })), deadline)
      const job: Job = {
        request,
        settle: (reply) => {
          clearTimeout(timer)
          signal?.removeEventListener('abort', cancel)
          resolve(reply)
        },
      }
      if (this.#closed || signal?.aborted === true) return cancel()
      signal?.addEventListener('abort', cancel)
      this.#waiting.push(job)
      this.#next()
    })
  }

  close(): void {
    this.#closed = true
    for (const job of this.#waiting.splice(0)) job.settle(E.left(problem('policy-cancelled', {})))
    for (const worker of [...this.#running]) this.#end(worker, problem('policy-cancelled', {}))
  }

  /** Gives the evaluation that waits longest to a worker, and starts one where there is none to give it to. */
  #next(): void {
    if (this.#waiting.length === 0) return
    const worker = this.#idle.pop()
    if (worker !== undefined) void this.#run(worker, this.#waiting.shift() as Job)
    else if (this.#running.size < this.size && !this.#closed) void this.#openAnother()
  }

  async #run(worker: Running, job: Job): Promise<void> {
    job.worker = worker
    job.settle(await this.#request(worker, job.request))
    if (this.#running.has(worker)) this.#free(worker)
  }

  /** Where no worker is left and none can be started, what waits would wait for ever. */
  async #openAnother(): Promise<void> {
    const opened = await this.open()
    if (E.isLeft(opened) && this.#running.size === 0) for (const job of this.#waiting.splice(0)) job.settle(opened)
  }

  #free(worker: Running): void {
    this.#idle.push(worker)
    this.#next()
  }

  #request(worker: Running, request: Request): Promise<Reply> {
    return new Promise((settle) => {
      worker.settle = settle
      try {
        worker.port.post(request)
      } catch (cause) {
        // Not every channel takes a module.
        this.#end(worker, workerFailed(reasonOf(cause)))
      }
    })
  }

  #receive(worker: Running, given: unknown): void {
    const read = decode(message, given)
    if (E.isLeft(read)) {
      const { path, expected } = read.left
      this.#end(worker, workerFailed(`its message does not fit at ${pathText(path)}: expected ${expected}`))
    } else if (read.right.kind === 'printed') this.print?.(read.right.printed)
    else worker.settle?.(read.right.kind === 'problem' ? E.left(read.right.problem) : E.right(read.right))
  }

  #end(worker: Running, reason: PolicyProblem): void {
    if (!this.#running.delete(worker)) return
    const at = this.#idle.indexOf(worker)
    if (at >= 0) this.#idle.splice(at, 1)
    worker.port.terminate()
    worker.settle?.(E.left(reason))
    this.#next()
  }
}

interface Answered<A> {
  readonly value?: A
  readonly diagnostics: readonly PolicyProblem[]
}

const readAnswer =
  <A>(read: (text: string) => A) =>
  (reply: Reply): E.Either<PolicyProblem, Answered<A>> =>
    pipe(
      reply,
      E.chain((said) =>
        said.kind === 'answer'
          ? E.tryCatch(
              () => ({
                diagnostics: said.diagnostics,
                ...(said.text === undefined ? {} : { value: read(said.text) }),
              }),
              (cause) => workerFailed(reasonOf(cause)),
            )
          : E.left(workerFailed('it answered another question')),
      ),
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
      const load: Request = {
        kind: 'load',
        module,
        dataText,
        seed: options.seed ?? 0,
        strict: options.strict ?? false,
        print: options.print !== undefined,
        ...(options.now === undefined ? {} : { now: options.now }),
        ...(options.maximumPages === undefined ? {} : { maximumPages: options.maximumPages }),
      }
      const workers = new Workers(options.start, options.size ?? 1, load, options.print)
      return pipe(
        () => workers.open(),
        TE.map((loaded) => policyOf(workers, loaded.kind === 'loaded' ? loaded.entrypoints : [])),
      )
    }),
  )

const policyOf = (workers: Workers, entrypoints: readonly string[]): PolicyWorkers => {
  const [only = ''] = entrypoints.length === 1 ? entrypoints : []
  const ask = (
    values: 'json' | 'exact',
    options: WorkerEvaluateOptions,
  ): TE.TaskEither<PolicyProblem, Exclude<Message, { kind: 'printed' | 'problem' }>> =>
    pipe(
      TE.fromEither<PolicyProblem, string | null>(
        options.input === undefined ? E.right(null) : termText(options.input),
      ),
      TE.chain(
        (inputText) => () =>
          workers.ask({ kind: 'evaluate', entrypoint: options.entrypoint ?? only, inputText, values }, options),
      ),
    )
  return {
    entrypoints,
    evaluate: (options) => async () => readAnswer<Json>(readJson)(await ask('json', options)()),
    evaluateValue: (options) => async () =>
      readAnswer<RegoValue>((text) => readTerm(text, EXACT))(await ask('exact', options)()),
    close: () => workers.close(),
  }
}
