import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import { decode, pathText } from '../codec'
import { type PolicyProblem, problem } from '../problem'
import { PRINT } from '../rego/host'
import type { Printed, PrintSink } from '../rego/print'
import { reasonOf, workerFailed } from './failure'
import type { WorkerPort } from './port'
import { type Message, message, type Request } from './protocol'

export interface PoolOptions {
  readonly start: () => WorkerPort
  /** The most workers at a time; one is always started. */
  readonly size: number
  /** What each worker is asked first. */
  readonly load: Extract<Request, { kind: 'load' }>
  readonly loadDeadline: number | undefined
  readonly print: PrintSink | undefined
}

/** When an evaluation ends before it has an answer. */
export interface AskOptions {
  /** Milliseconds from the call to the answer, waiting for a free worker included. Above 2,147,483,647, some 25 days, there is none. */
  readonly deadline?: number
  /** Ends the evaluation when it is aborted. */
  readonly signal?: AbortSignal
}

/** What a worker replies to a request. */
export type Reply = E.Either<PolicyProblem, Exclude<Message, { kind: 'printed' | 'problem' }>>

/** A worker, and who waits for its reply. */
interface Running {
  readonly port: WorkerPort
  loaded: boolean
  settle?: (reply: Reply) => void
  /** What the sink threw during the evaluation that the worker is at. */
  unprinted: readonly PolicyProblem[]
}

/** An evaluation that waits for a worker, or is at one. */
interface Job {
  readonly request: Request
  readonly settle: (reply: Reply) => void
  worker?: Running
}

const cancelled = (): PolicyProblem => problem('policy-cancelled', {})

/** A reply of another kind than was asked for. */
export const anotherAnswer = E.left(workerFailed('it answered another question'))

/** What a timer can count, in milliseconds; of more it makes 1. */
const LONGEST = 2_147_483_647

const after = (milliseconds: number | undefined, run: () => void): ReturnType<typeof setTimeout> | undefined =>
  milliseconds === undefined || milliseconds > LONGEST ? undefined : setTimeout(run, milliseconds)

/** The workers of one policy and the evaluations that wait for one. */
export class Pool {
  readonly #running = new Set<Running>()
  readonly #idle: Running[] = []
  readonly #waiting: Job[] = []
  #closed = false

  constructor(readonly options: PoolOptions) {}

  /** Starts a worker and loads the policy in it. Gives the entrypoints. Never rejects. */
  async open(): Promise<E.Either<PolicyProblem, readonly string[]>> {
    const { start, load, loadDeadline } = this.options
    let worker: Running
    try {
      worker = { port: start(), loaded: false, unprinted: [] }
    } catch (cause) {
      return E.left(workerFailed(reasonOf(cause)))
    }
    this.#running.add(worker)
    const late = (): void => this.#end(worker, workerFailed(`it did not load within ${loadDeadline} ms`))
    const timer = after(loadDeadline, late)
    const reply = await new Promise<Reply>((settle) => {
      worker.settle = settle
      this.#attempt(worker, (port) => {
        port.listen(
          (given) => this.#receive(worker, given),
          (reason) => this.#end(worker, workerFailed(reason)),
        )
        port.post(load)
      })
    })
    clearTimeout(timer)
    const loaded = pipe(
      reply,
      E.chain((said) => (said.kind === 'loaded' ? E.right(said.entrypoints) : anotherAnswer)),
    )
    if (E.isLeft(loaded)) this.#end(worker, loaded.left)
    else {
      worker.loaded = true
      this.#free(worker)
    }
    return loaded
  }

  ask(request: Request, { deadline, signal }: AskOptions): Promise<Reply> {
    return new Promise((resolve) => {
      const stop = (reason: PolicyProblem): void => {
        const at = this.#waiting.indexOf(job)
        if (at >= 0) this.#waiting.splice(at, 1)
        // Nothing but its end stops a worker that is evaluating.
        if (job.worker === undefined) job.settle(E.left(reason))
        else this.#end(job.worker, reason)
      }
      const cancel = (): void => stop(cancelled())
      const timer = after(deadline, () => stop(problem('policy-deadline', { milliseconds: deadline ?? 0 })))
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
    this.#answerWaiting(cancelled())
    for (const worker of [...this.#running]) this.#end(worker, cancelled())
  }

  #answerWaiting(reason: PolicyProblem): void {
    for (const job of this.#waiting.splice(0)) job.settle(E.left(reason))
  }

  /** Gives the evaluation that waits longest to a worker, and starts one where there is none to give it to. */
  #next(): void {
    if (this.#waiting.length === 0) return
    const worker = this.#idle.pop()
    if (worker !== undefined) this.#run(worker, this.#waiting.shift() as Job)
    else if (this.#running.size < this.options.size && !this.#closed) void this.#openAnother()
  }

  #run(worker: Running, job: Job): void {
    job.worker = worker
    worker.unprinted = []
    worker.settle = (reply) => {
      job.settle(this.#withUnprinted(worker, reply))
      if (this.#running.has(worker)) this.#free(worker)
    }
    this.#attempt(worker, (port) => port.post(job.request))
  }

  /** Where no worker is left and none can be started, what waits would wait for ever. */
  async #openAnother(): Promise<void> {
    const opened = await this.open()
    if (E.isLeft(opened) && this.#running.size === 0) this.#answerWaiting(opened.left)
  }

  #free(worker: Running): void {
    this.#idle.push(worker)
    this.#next()
  }

  /** What a port throws is its worker's failure: not every channel takes a module. */
  #attempt(worker: Running, attempt: (port: WorkerPort) => void): void {
    try {
      attempt(worker.port)
    } catch (cause) {
      this.#end(worker, workerFailed(reasonOf(cause)))
    }
  }

  #receive(worker: Running, given: unknown): void {
    const read = decode(message, given)
    if (E.isLeft(read)) {
      const { path, expected } = read.left
      this.#end(worker, workerFailed(`its message does not fit at ${pathText(path)}: expected ${expected}`))
    } else if (read.right.kind === 'printed') this.#print(worker, read.right.printed)
    else {
      const { settle } = worker
      delete worker.settle
      settle?.(read.right.kind === 'problem' ? E.left(read.right.problem) : E.right(read.right))
    }
  }

  /** A sink that throws is a diagnostic, as it is without workers; the worker has gone on meanwhile. */
  #print(worker: Running, printed: Printed): void {
    try {
      this.options.print?.(printed)
    } catch (cause) {
      const failed = problem('policy-builtin-failed', { builtin: PRINT, reason: reasonOf(cause) })
      worker.unprinted = [...worker.unprinted, failed]
    }
  }

  #withUnprinted({ unprinted }: Running, reply: Reply): Reply {
    const [first] = unprinted
    if (first === undefined || E.isLeft(reply) || reply.right.kind !== 'answer') return reply
    return this.options.load.strict
      ? E.left(first)
      : E.right({ ...reply.right, diagnostics: [...reply.right.diagnostics, ...unprinted] })
  }

  #end(worker: Running, reason: PolicyProblem): void {
    if (!this.#running.delete(worker)) return
    const at = this.#idle.indexOf(worker)
    if (at >= 0) this.#idle.splice(at, 1)
    worker.port.terminate()
    worker.settle?.(E.left(reason))
    // Where loading failed, the next would fail too, for ever; `#openAnother` says so to what waits.
    if (worker.loaded) this.#next()
  }
}
