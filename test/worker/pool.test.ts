import { getEventListeners } from 'node:events'
import { MessageChannel } from 'node:worker_threads'
import { loadPolicy, type PolicyProblem, type RegoValue } from 'aks-checklist'
import {
  type PolicyWorkers,
  type PolicyWorkersOptions,
  servePolicies,
  type WorkerPort,
  webPort,
} from 'aks-checklist/worker'
import { type Either, isLeft } from 'fp-ts/Either'
import { beforeAll, describe, expect, it } from 'vitest'
import { compileRego } from '../../src/compiler/index'
import { readTerm, WRITTEN } from '../../src/rego/term'
import { loadPolicyInWorkers } from '../../src/worker/index'

const REGO = `package p

echo := input

text := sprintf("%v", [input])

beyond := 1e400

told if print("told", input)
`

let wasm: Uint8Array<ArrayBuffer>

const right = <A>(result: Either<unknown, A>): A => {
  if (isLeft(result)) throw new Error(JSON.stringify(result.left))
  return result.right
}

const failure = (result: Either<PolicyProblem, unknown>): unknown =>
  isLeft(result) ? (result.left.code === 'policy-worker-failed' ? result.left.data.reason : result.left.code) : result

beforeAll(async () => {
  const entrypoints = ['echo', 'text', 'beyond', 'told'].map((rule) => `p/${rule}`)
  wasm = right(await compileRego([{ name: 'p.rego', text: REGO }], { entrypoints, print: true })()).module
})

/** A worker on this thread. */
const inThread = (): WorkerPort => {
  const { port1, port2 } = new MessageChannel()
  servePolicies(webPort(port2 as unknown as MessagePort))
  return { ...webPort(port1 as unknown as MessagePort), terminate: () => port1.close() }
}

/** A worker that answers the request at each position as it is told to; where it is not, never. */
const acting = (...acts: readonly ((say: (message: unknown) => void, fail: (reason: string) => void) => void)[]) => {
  const worker = { asked: 0, ended: false, fail: (_reason: string): void => {} }
  let say = (_message: unknown): void => {}
  const port: WorkerPort = {
    post: () => {
      const act = acts[worker.asked]
      worker.asked += 1
      if (act !== undefined) setTimeout(() => act(say, worker.fail))
    },
    listen: (receive, fail) => {
      say = receive
      worker.fail = fail
    },
    terminate: () => {
      worker.ended = true
    },
  }
  return { worker, port }
}

type Say = (message: unknown) => void
const loads = (say: Say): void => say({ kind: 'loaded', entrypoints: ['p/echo'] })
const answers = (say: Say): void => say({ kind: 'answer', diagnostics: [], value: '1' })
const dies = (_say: Say, fail: (reason: string) => void): void => fail('died')
const ECHO = { entrypoint: 'p/echo', input: 1 }

/** Workers of which the first is started from the first of these, and so on; the last goes on for all that follow. */
const pool = (
  starts: readonly (() => WorkerPort)[],
  options: Partial<PolicyWorkersOptions> = {},
): Promise<{ readonly workers: PolicyWorkers; readonly started: () => number }> => {
  let started = 0
  const start = (): WorkerPort => {
    const next = starts[Math.min(started, starts.length - 1)]
    started += 1
    if (next === undefined) throw new Error('none')
    return next()
  }
  return loadPolicyInWorkers({ wasm, start, ...options })().then((workers) => ({
    workers: right(workers),
    started: () => started,
  }))
}

describe('workers answer as the policy itself does', () => {
  const both = async (entrypoint: string, input: RegoValue): Promise<readonly unknown[]> => {
    const { workers } = await pool([inThread])
    const policy = right(await loadPolicy({ wasm })())
    const pairs = [
      [policy.evaluate({ entrypoint, input }), await workers.evaluate({ entrypoint, input })()],
      [policy.evaluateValue({ entrypoint, input }), await workers.evaluateValue({ entrypoint, input })()],
    ] as const
    workers.close()
    return pairs.map(([alone, inWorker]) => {
      expect(inWorker).toEqual(alone)
      return right(inWorker).value
    })
  }

  it.each<[string, () => RegoValue]>([
    ['1e+21', () => 1e21],
    ['1e-07', () => 1e-7],
    ['{"a": 1.0}', () => ({ a: readTerm('1.0', WRITTEN) })],
    ['[0.10]', () => readTerm('[0.10]', WRITTEN)],
    ['12345678901234567890', () => 12345678901234567890n],
  ])('for a number that is written %s', async (text, make) => {
    const input = make()
    const [value] = await both('p/text', input)
    expect(value).toBe(text)
  })

  it('for a number beyond all doubles', async () => {
    const [value] = await both('p/beyond', null)
    expect(value).toBe(Number.POSITIVE_INFINITY)
  })

  it('for the only entrypoint, which need not be named', async () => {
    const only = right(await compileRego([{ name: 'p.rego', text: REGO }], { entrypoints: ['p/echo'] })()).module
    const { workers } = await pool([inThread], { wasm: only })
    expect(right(await workers.evaluate({ input: 1 })()).value).toBe(1)
    workers.close()
  })
})

describe('a sink of print that throws', () => {
  const print = (): void => {
    throw new Error('no room')
  }

  it('is a diagnostic of its evaluation alone', async () => {
    const { workers } = await pool([inThread], { print })
    const { diagnostics } = right(await workers.evaluate({ entrypoint: 'p/told', input: 1 })())
    expect(diagnostics.map(({ code, data }) => [code, data])).toEqual([
      ['policy-builtin-failed', { builtin: 'internal.print', reason: 'no room' }],
    ])
    expect(right(await workers.evaluate(ECHO)())).toEqual({ value: 1, diagnostics: [] })
    workers.close()
  })

  it('is an error where that is asked for', async () => {
    const { workers } = await pool([inThread], { print, strict: true })
    expect(failure(await workers.evaluate({ entrypoint: 'p/told', input: 1 })())).toBe('policy-builtin-failed')
    workers.close()
  })
})

describe('the number of workers', () => {
  it.each([0, -1, Number.NaN])('%d is one at least, also after its end', async (size) => {
    const { workers } = await pool([() => acting(loads, dies).port, () => acting(loads, answers).port], { size })
    expect(failure(await workers.evaluate(ECHO)())).toBe('died')
    expect(right(await workers.evaluate({ ...ECHO, deadline: 2_000 })()).value).toBe(1)
  })

  it('beyond all bounds is as many as are needed', async () => {
    const { workers, started } = await pool([() => acting(loads, answers, answers, answers).port], { size: 1 / 0 })
    await Promise.all([workers.evaluate(ECHO)(), workers.evaluate(ECHO)(), workers.evaluate(ECHO)()])
    expect(started()).toBe(3)
  })
})

describe('a deadline', () => {
  it.each([2 ** 31, Number.MAX_SAFE_INTEGER, Number.POSITIVE_INFINITY])(
    'of %d ms does not pass at once',
    async (deadline) => {
      const { workers } = await pool([inThread])
      expect(right(await workers.evaluate({ ...ECHO, deadline })()).value).toBe(1)
      workers.close()
    },
  )

  it('that passes while a worker loads leaves the worker to the next', async () => {
    const slow = acting((say) => setTimeout(() => loads(say), 60), answers)
    const { workers, started } = await pool([() => acting(loads, dies).port, () => slow.port])
    await workers.evaluate(ECHO)()
    expect(failure(await workers.evaluate({ ...ECHO, deadline: 5 })())).toBe('policy-deadline')
    expect(right(await workers.evaluate(ECHO)()).value).toBe(1)
    expect([started(), slow.worker]).toMatchObject([2, { ended: false, asked: 2 }])
  })
})

describe('a signal', () => {
  it('is listened to no longer than an evaluation takes', async () => {
    const { workers } = await pool([() => acting(loads, answers).port])
    const { signal } = new AbortController()
    const asked = [workers.evaluate({ ...ECHO, signal })(), workers.evaluate({ ...ECHO, signal, deadline: 5 })()]
    expect(getEventListeners(signal, 'abort')).toHaveLength(2)
    await Promise.all(asked)
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  it('takes an evaluation out of the queue, and the worker goes on', async () => {
    const busy = acting(loads, (say) => setTimeout(() => answers(say), 40), answers)
    const { workers, started } = await pool([() => busy.port])
    const abort = new AbortController()
    const [first, second] = [workers.evaluate(ECHO)(), workers.evaluate({ ...ECHO, signal: abort.signal })()]
    const third = workers.evaluate(ECHO)()
    abort.abort()
    expect(failure(await second)).toBe('policy-cancelled')
    expect([right(await first).value, right(await third).value]).toEqual([1, 1])
    expect([started(), busy.worker.asked]).toEqual([1, 3])
  })
})

describe('a worker', () => {
  it('is not started for ever where loading fails; what waits is told why', async () => {
    const broken = acting((_say, fail) => fail('no start'))
    const { workers, started } = await pool([() => acting(loads, dies).port, () => ({ ...broken.port })])
    const asked = [workers.evaluate(ECHO)(), workers.evaluate(ECHO)(), workers.evaluate(ECHO)()]
    expect((await Promise.all(asked)).map(failure)).toEqual(['died', 'no start', 'no start'])
    expect(started()).toBe(2)
  })

  it('that cannot be started leaves the queue to those that are', async () => {
    const steady = acting(loads, answers, answers, answers)
    const { workers, started } = await pool([() => steady.port, () => acting(dies).port], { size: 2 })
    const asked = [workers.evaluate(ECHO)(), workers.evaluate(ECHO)(), workers.evaluate(ECHO)()]
    expect((await Promise.all(asked)).map((answer) => right(answer).value)).toEqual([1, 1, 1])
    expect(started()).toBeLessThanOrEqual(4)
  })

  it('that dies while it waits is replaced when it is needed', async () => {
    const idle = acting(loads)
    const { workers, started } = await pool([() => idle.port, () => acting(loads, answers).port])
    idle.worker.fail('gone')
    expect(started()).toBe(1)
    expect(right(await workers.evaluate(ECHO)()).value).toBe(1)
  })

  it('that answers what was not asked is not listened to', async () => {
    const { workers } = await pool([
      () =>
        acting(
          loads,
          (say) => {
            answers(say)
            say({ kind: 'problem', problem: { code: 'policy-cancelled', message: '', data: {} } })
          },
          answers,
        ).port,
    ])
    expect(right(await workers.evaluate(ECHO)()).value).toBe(1)
    expect(right(await workers.evaluate(ECHO)()).value).toBe(1)
  })

  it.each<[string, () => WorkerPort, unknown]>([
    ['answers loading with a value', () => acting(answers).port, 'it answered another question'],
    [
      'has a port that cannot be listened to',
      () => ({
        ...acting(loads).port,
        listen: () => {
          throw new Error('deaf')
        },
      }),
      'deaf',
    ],
    ['never answers', () => acting().port, 'it did not load within 20 ms'],
    [
      'says of a problem only that it is one',
      () => acting((say) => say({ kind: 'problem', problem: { code: 1, message: {} } })).port,
      expect.stringContaining('does not fit'),
    ],
  ])('that %s has failed', async (_, start, reason) => {
    expect(failure(await loadPolicyInWorkers({ wasm, start, loadDeadline: 20 })())).toEqual(reason)
  })

  it('is ended by close while it loads', async () => {
    const [busy, loading] = [acting(loads), acting()]
    const { workers, started } = await pool([() => busy.port, () => loading.port], { size: 2 })
    const asked = [workers.evaluate(ECHO)(), workers.evaluate(ECHO)()]
    workers.close()
    workers.close()
    expect((await Promise.all(asked)).map(failure)).toEqual(['policy-cancelled', 'policy-cancelled'])
    expect([started(), busy.worker.ended, loading.worker.ended]).toEqual([2, true, true])
  })
})
