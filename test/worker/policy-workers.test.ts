import { MessageChannel, Worker } from 'node:worker_threads'
import { type PolicyWorkers, servePolicies, type WorkerPort, webPort } from 'aks-checklist/worker'
import { type Either, isLeft } from 'fp-ts/Either'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { compileRego } from '../../src/compiler/index'
import { loadPolicyInWorkers } from '../../src/node'
import type { PolicyProblem } from '../../src/problem'
import { RegoSet } from '../../src/rego/value'
import { loadPolicyInWorkers as loadOver } from '../../src/worker/index'
import { inPackage, requireBuilt } from '../package/built'

const REGO = `package busy

echo := input

limit := data.limit

# Some seconds of work for n = 3000.
pairs := count([1 | some a in numbers.range(1, input.n); some b in numbers.range(1, input.n); a + b == 0])

text := sprintf("%d of %v", [input, data.limit])
`

const right = <A>(result: Either<unknown, A>): A => {
  if (isLeft(result)) throw new Error(JSON.stringify(result.left))
  return result.right
}

const code = (result: Either<PolicyProblem, unknown>): string | false => isLeft(result) && result.left.code

const OPAS_OWN = `package own

template := strings.render_template("{{.x}}", {"x": input})
`

const compiled = async (text: string, entrypoints: readonly string[]): Promise<Uint8Array<ArrayBuffer>> =>
  right(await compileRego([{ name: 'policy.rego', text }], { entrypoints })()).module

let wasm: Uint8Array<ArrayBuffer>
const open: PolicyWorkers[] = []

const kept = async (loading: ReturnType<typeof loadOver>): Promise<PolicyWorkers> => {
  const workers = right(await loading())
  open.push(workers)
  return workers
}

beforeAll(async () => {
  requireBuilt()
  wasm = await compiled(
    REGO,
    ['echo', 'limit', 'pairs', 'text'].map((rule) => `busy/${rule}`),
  )
})

afterEach(() => {
  for (const workers of open.splice(0)) workers.close()
})

const LONG = { entrypoint: 'busy/pairs', input: { n: 100_000 } }

describe('threads', () => {
  const threads = (size = 2): Promise<PolicyWorkers> =>
    kept(loadPolicyInWorkers({ wasm, size, data: { limit: new RegoSet([2n ** 60n]) } }))

  it('answer as the policy itself does', async () => {
    const workers = await threads()
    expect(workers.entrypoints).toContain('busy/echo')
    const input = new RegoSet(['b', 'a', 2n ** 70n])
    expect(right(await workers.evaluate({ entrypoint: 'busy/echo', input })()).value).toEqual([2 ** 70, 'a', 'b'])
    expect(right(await workers.evaluateValue({ entrypoint: 'busy/echo', input })()).value).toEqual(input)
    expect(right(await workers.evaluateValue({ entrypoint: 'busy/limit' })()).value).toEqual(new RegoSet([2n ** 60n]))
    expect(right(await workers.evaluate({ entrypoint: 'busy/text', input: 1 })()).value).toBe(
      '1 of {1152921504606846976}',
    )
    expect(right(await workers.evaluate({ entrypoint: 'busy/echo' })())).toEqual({ diagnostics: [] })
    expect(code(await workers.evaluate({ entrypoint: 'busy/none' })())).toBe('policy-entrypoint-unknown')
  })

  it("have OPA's own builtins", async () => {
    const own = await compiled(OPAS_OWN, ['own/template'])
    const workers = await kept(loadPolicyInWorkers({ wasm: own, size: 1 }))
    expect(right(await workers.evaluate({ input: 'é' })()).value).toBe('é')
  })

  it('answer many at a time, each its own', async () => {
    const workers = await threads()
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => workers.evaluate({ entrypoint: 'busy/echo', input: n })()),
    )
    expect(answers.map((answer) => right(answer).value)).toEqual(Array.from({ length: 50 }, (_, n) => n))
  })

  it('end at the deadline, and the next evaluation works', async () => {
    const workers = await threads(1)
    const late = await workers.evaluate({ ...LONG, deadline: 50 })()
    expect(isLeft(late) && [late.left.code, late.left.data]).toEqual(['policy-deadline', { milliseconds: 50 }])
    expect(right(await workers.evaluate({ entrypoint: 'busy/echo', input: 1 })()).value).toBe(1)
  })

  it('end when they are cancelled, and others go on', async () => {
    const workers = await threads(2)
    const abort = new AbortController()
    const long = workers.evaluate({ ...LONG, signal: abort.signal })()
    const other = workers.evaluate({ entrypoint: 'busy/echo', input: 'other' })()
    setTimeout(() => abort.abort(), 30)
    expect(code(await long)).toBe('policy-cancelled')
    expect(right(await other).value).toBe('other')
    expect(code(await workers.evaluate({ entrypoint: 'busy/echo', signal: AbortSignal.abort() })())).toBe(
      'policy-cancelled',
    )
  })

  it('let what waits for a worker run out without ending the worker', async () => {
    const workers = await threads(1)
    const first = workers.evaluate({ entrypoint: 'busy/pairs', input: { n: 200 } })()
    const waiting = workers.evaluate({ entrypoint: 'busy/echo', input: 2, deadline: 1 })()
    expect(code(await waiting)).toBe('policy-deadline')
    expect(right(await first).value).toBe(0)
  })

  it('cancel all that is under way when they are closed', async () => {
    const workers = await threads(1)
    const answers = [workers.evaluate(LONG)(), workers.evaluate({ entrypoint: 'busy/echo', input: 1 })()]
    workers.close()
    expect((await Promise.all(answers)).map(code)).toEqual(['policy-cancelled', 'policy-cancelled'])
    expect(code(await workers.evaluate({ entrypoint: 'busy/echo' })())).toBe('policy-cancelled')
  })

  it('refuse what loadPolicy refuses', async () => {
    expect(code(await loadPolicyInWorkers({ wasm: new Uint8Array([1, 2]) })())).toBe('policy-not-wasm')
    expect(code(await loadPolicyInWorkers({ wasm, maximumPages: 1 })())).toMatch(/policy-(memory|aborted)/)
  })

  const script = (text: string) => (): WorkerPort => {
    const worker = new Worker(text, { eval: true })
    return {
      post: (message) => worker.postMessage(message),
      listen: (receive, fail) => {
        worker.on('message', receive)
        worker.on('error', (error) => fail(error.message))
        worker.on('exit', (exit) => fail(`exit ${exit}`))
      },
      terminate: () => void worker.terminate(),
    }
  }

  it('run a script of your own, with builtins of your own', async () => {
    const start = script(`
      const { parentPort } = require('node:worker_threads')
      const { servePolicies } = require(${JSON.stringify(inPackage('dist/worker.cjs'))})
      servePolicies(
        { post: (message) => parentPort.postMessage(message), listen: (receive) => parentPort.on('message', receive) },
        { builtins: { sprintf: () => 'mine' } },
      )`)
    const workers = await kept(loadOver({ wasm, start, data: { limit: 1 } }))
    expect(right(await workers.evaluate({ entrypoint: 'busy/text', input: 1 })()).value).toBe('mine')
  })

  it('that end in the middle of an evaluation are replaced', async () => {
    const start = script(`
      const { parentPort } = require('node:worker_threads')
      const { servePolicies } = require(${JSON.stringify(inPackage('dist/worker.cjs'))})
      servePolicies(
        { post: (message) => parentPort.postMessage(message), listen: (receive) => parentPort.on('message', receive) },
        { builtins: { sprintf: () => process.exit(7) } },
      )`)
    const workers = await kept(loadOver({ wasm, start, data: { limit: 1 } }))
    const asked = [
      workers.evaluate({ entrypoint: 'busy/text', input: 1 })(),
      workers.evaluate({ entrypoint: 'busy/echo', input: 2 })(),
    ] as const
    const [ended, next] = await Promise.all(asked)
    expect(isLeft(ended) && [ended.left.code, ended.left.data]).toEqual(['policy-worker-failed', { reason: 'exit 7' }])
    expect(right(next).value).toBe(2)
  })

  it.each([
    ['throws', 'throw new Error("no start")', 'no start'],
    ['ends', 'process.exit(3)', 'exit 3'],
    ['says something else', 'require("node:worker_threads").parentPort.postMessage({ kind: "hello" })', 'does not fit'],
  ])('give a problem where the script %s', async (_, text, reason) => {
    const failed = await loadOver({ wasm, start: script(text) })()
    expect(isLeft(failed) && failed.left.code).toBe('policy-worker-failed')
    expect(isLeft(failed) && failed.left.message).toContain(reason)
  })
})

describe('a port that is handed in', () => {
  /** A worker that says what it is told to, in turn. */
  const saying = (...answers: readonly unknown[]): WorkerPort => {
    const rest = [...answers]
    let say = (_message: unknown): void => {}
    return {
      post: () => {
        const next = rest.shift()
        setTimeout(() => say(next))
      },
      listen: (receive) => {
        say = receive
      },
      terminate: () => {},
    }
  }
  const LOADED = { kind: 'loaded', entrypoints: ['busy/echo'] }

  it('is all that is needed', async () => {
    const { port1, port2 } = new MessageChannel()
    const owner = webPort(port1 as unknown as MessagePort)
    servePolicies(webPort(port2 as unknown as MessagePort))
    const workers = await kept(
      loadOver({ wasm, data: { limit: 3 }, start: () => ({ ...owner, terminate: () => port1.close() }) }),
    )
    expect(right(await workers.evaluate({ entrypoint: 'busy/limit' })()).value).toBe(3)
  })

  it('may refuse what is posted', async () => {
    const start = (): WorkerPort => ({
      ...saying(),
      post: () => {
        throw new Error('could not be cloned')
      },
    })
    const failed = await loadOver({ wasm, start })()
    expect(isLeft(failed) && [failed.left.code, failed.left.data]).toEqual([
      'policy-worker-failed',
      { reason: 'could not be cloned' },
    ])
  })

  it('may answer with what is no value, or with another kind of answer', async () => {
    const answer = { kind: 'answer', diagnostics: [], text: '{"a": ' }
    const workers = await kept(loadOver({ wasm, start: () => saying(LOADED, answer, LOADED) }))
    for (const _ of [1, 2]) {
      expect(code(await workers.evaluate({ entrypoint: 'busy/echo' })())).toBe('policy-worker-failed')
    }
  })

  it('may have a provider that rejects', async () => {
    const { port1, port2 } = new MessageChannel()
    servePolicies(webPort(port2 as unknown as MessagePort), { provider: () => () => Promise.reject(new Error('none')) })
    const own = await compiled(OPAS_OWN, ['own/template'])
    const owner = webPort(port1 as unknown as MessagePort)
    const failed = await loadOver({ wasm: own, start: () => ({ ...owner, terminate: () => port1.close() }) })()
    expect(isLeft(failed) && [failed.left.code, failed.left.data]).toEqual(['policy-worker-failed', { reason: 'none' }])
  })
})
