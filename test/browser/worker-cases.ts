import { formatTerm, loadPolicy, type PolicyProblem, type Printed, RegoSet } from 'aks-checklist'
import { compileRego } from 'aks-checklist/compiler'
import { loadPolicyInWorkers, type PolicyWorkers, type PolicyWorkersOptions, webWorkerPort } from 'aks-checklist/worker'
import type { EngineCase } from './engine-cases'

type Either<E, A> = { readonly _tag: 'Left'; readonly left: E } | { readonly _tag: 'Right'; readonly right: A }

const right = <A>(either: Either<unknown, A>): A => {
  if (either._tag === 'Left') throw new Error(JSON.stringify(either.left))
  return either.right
}

const code = (either: Either<PolicyProblem, unknown>): unknown =>
  either._tag === 'Left' ? either.left.code : either.right

const SOURCE = {
  name: 'busy.rego',
  text: `package busy

echo := input

limit := data.limit

told if print("told", input)

# Minutes of work for a large n.
pairs := count([1 | some a in numbers.range(1, input.n); some b in numbers.range(1, input.n); a + b == 0])

template := strings.render_template("{{.x}}", {"x": input})
`,
}

let compiling: Promise<Uint8Array<ArrayBuffer>> | undefined

const wasm = (): Promise<Uint8Array<ArrayBuffer>> => {
  compiling ??= (async () => {
    const entrypoints = ['echo', 'limit', 'told', 'pairs', 'template'].map((rule) => `busy/${rule}`)
    return right(await compileRego([SOURCE], { entrypoints, print: true })()).module
  })()
  return compiling
}

const LONG = { entrypoint: 'busy/pairs', input: { n: 100_000 } }
const echo = (input: string) => ({ entrypoint: 'busy/echo', input })

/** Loads the policy in workers of this page, counts the workers started, and closes them at the end. */
const inWorkers = async (
  use: (workers: PolicyWorkers, started: () => number) => Promise<unknown>,
  options: Partial<PolicyWorkersOptions> = {},
): Promise<unknown> => {
  let started = 0
  const start = () => {
    started += 1
    return webWorkerPort(new Worker('/policy-worker.js', { type: 'module' }))
  }
  const loading = loadPolicyInWorkers({ wasm: await wasm(), start, size: 2, data: { limit: 3 }, ...options })
  const workers = right(await loading())
  try {
    return await use(workers, () => started)
  } finally {
    workers.close()
  }
}

const startFault =
  (fault: string): EngineCase['run'] =>
  async () => {
    const start = () => webWorkerPort(new Worker(`/broken-worker.js#${fault}`, { type: 'module' }))
    const failed = await loadPolicyInWorkers({ wasm: await wasm(), start })()
    return failed._tag === 'Left' && failed.left.code === 'policy-worker-failed' ? failed.left.data.reason : failed
  }

/** What web workers do; only a browser has them. */
export const WORKER_CASES: readonly EngineCase[] = [
  {
    name: 'two workers answer what the policy itself answers, each question its own',
    expected: true,
    run: () =>
      inWorkers(async (workers, started) => {
        const policy = right(
          await loadPolicy({ wasm: await wasm(), builtins: { 'strings.render_template': () => '' } })(),
        )
        const inputs = Array.from({ length: 40 }, (_, n) => new RegoSet([n, 2n ** 70n, `${n}`]))
        const asked = inputs.map((input) => ({ entrypoint: 'busy/echo', input }))
        const answers = await Promise.all(asked.map((one) => workers.evaluateValue(one)()))
        const texts = (given: readonly Either<unknown, { readonly value?: Parameters<typeof formatTerm>[0] }>[]) =>
          given.map((answer) => formatTerm(right(answer).value ?? null)).join()
        return texts(answers) === texts(asked.map(policy.evaluateValue)) && started() === 2
      }),
  },
  {
    name: 'the page goes on while a worker evaluates',
    expected: [0, true],
    run: () =>
      inWorkers(async (workers) => {
        let turns = 0
        const timer = setInterval(() => {
          turns += 1
        }, 1)
        const answer = right(await workers.evaluate({ entrypoint: 'busy/pairs', input: { n: 700 } })())
        clearInterval(timer)
        return [answer.value, turns > 3]
      }),
  },
  {
    name: 'a deadline ends the worker, and the next evaluation gets another',
    expected: ['policy-deadline', 'next', 2],
    run: () =>
      inWorkers(
        async (workers, started) => {
          const late = code(await workers.evaluate({ ...LONG, deadline: 100 })())
          return [late, right(await workers.evaluate(echo('next'))()).value, started()]
        },
        { size: 1 },
      ),
  },
  {
    name: 'a signal cancels an evaluation, others go on',
    expected: ['policy-cancelled', 'other', 'policy-cancelled', 'next'],
    run: () =>
      inWorkers(async (workers) => {
        const abort = new AbortController()
        const long = workers.evaluate({ ...LONG, signal: abort.signal })()
        const other = workers.evaluate(echo('other'))()
        setTimeout(() => abort.abort(), 50)
        const aborted = await workers.evaluate({ ...echo('late'), signal: AbortSignal.abort() })()
        return [
          code(await long),
          right(await other).value,
          code(aborted),
          right(await workers.evaluate(echo('next'))()).value,
        ]
      }),
  },
  {
    name: 'closing cancels what is under way and what comes after',
    expected: ['policy-cancelled', 'policy-cancelled', 'policy-cancelled'],
    run: () =>
      inWorkers(
        async (workers) => {
          const [long, waiting] = [workers.evaluate(LONG)(), workers.evaluate(echo('waiting'))()]
          workers.close()
          return [code(await long), code(await waiting), code(await workers.evaluate(echo('after'))())]
        },
        { size: 1 },
      ),
  },
  {
    name: "OPA's own builtins answer inside a worker",
    expected: '\u00e9',
    run: () =>
      inWorkers(
        async (workers) => right(await workers.evaluate({ entrypoint: 'busy/template', input: '\u00e9' })()).value,
        {
          size: 1,
        },
      ),
  },
  {
    name: 'print comes out of a worker with its place, before the answer',
    expected: [[{ text: 'told 7', at: ['busy.rego', 7] }], true],
    run: () => {
      const printed: Printed[] = []
      return inWorkers(
        async (workers) => {
          const { value } = right(await workers.evaluate({ entrypoint: 'busy/told', input: 7 })())
          return [printed.map(({ text, location }) => ({ text, at: [location?.source, location?.start.line] })), value]
        },
        { print: (line) => printed.push(line) },
      )
    },
  },
  {
    name: 'a worker that throws is a problem that says what it threw',
    expected: 'Uncaught Error: no start',
    run: startFault('throws'),
  },
  {
    name: 'a worker that says something else is a problem',
    expected: 'its message does not fit at kind: expected "loaded"',
    run: startFault('babbles'),
  },
  { name: 'a worker whose provider rejects is a problem', expected: 'no provider', run: startFault('rejects') },
]
