import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import { decode, pathText } from '../codec'
import { type PolicyProblem, problem } from '../problem'
import type { Builtins } from '../rego/builtin'
import { type BuiltinProvider, loadPolicy, type Policy } from '../rego/policy'
import { EXACT, readTerm, writeTerm } from '../rego/term'
import { isRegoObject, type RegoValue } from '../rego/value'
import type { Port } from './port'
import { type Message, type Request, request } from './protocol'

/** What cannot be sent to a worker and is therefore given in its own script. */
export interface ServeOptions {
  readonly builtins?: Builtins
  readonly provider?: BuiltinProvider
}

const failed = (given: PolicyProblem): Message => ({ kind: 'problem', problem: given })

const threw = (cause: unknown): Message =>
  failed(problem('policy-worker-failed', { reason: cause instanceof Error ? cause.message : String(cause) }))

const answered = ({
  value,
  diagnostics,
}: {
  readonly value?: RegoValue
  readonly diagnostics: readonly PolicyProblem[]
}): Message => ({ kind: 'answer', diagnostics, ...(value === undefined ? {} : { text: writeTerm(value) }) })

/**
 * Makes a worker's script answer the evaluations of whoever started it.
 *
 * @example
 * // policy-worker.js
 * import { servePolicies, webPort } from 'aks-checklist/worker'
 * servePolicies(webPort(self))
 */
export const servePolicies = (port: Port, options: ServeOptions = {}): void => {
  const post = (message: Message): void => port.post(message)
  let policy: Policy | undefined

  const load = async (asked: Extract<Request, { kind: 'load' }>): Promise<Message> => {
    if (!(asked.module instanceof WebAssembly.Module)) {
      return failed(problem('policy-worker-failed', { reason: 'no module came with the request' }))
    }
    const data = readTerm<RegoValue>(asked.dataText, EXACT)
    const loaded = await loadPolicy({
      ...options,
      wasm: asked.module,
      ...(isRegoObject(data) ? { data } : {}),
      seed: asked.seed,
      strict: asked.strict,
      ...(asked.now === undefined ? {} : { now: asked.now }),
      ...(asked.maximumPages === undefined ? {} : { maximumPages: asked.maximumPages }),
      ...(asked.print ? { print: (printed) => post({ kind: 'printed', printed }) } : {}),
    })()
    if (E.isLeft(loaded)) return failed(loaded.left)
    policy = loaded.right
    return { kind: 'loaded', entrypoints: policy.entrypoints }
  }

  const evaluate = ({ entrypoint, inputText, values }: Extract<Request, { kind: 'evaluate' }>): Message => {
    if (policy === undefined) return failed(problem('policy-worker-failed', { reason: 'no policy was loaded' }))
    const input = inputText === null ? {} : { input: readTerm<RegoValue>(inputText, EXACT) }
    const answer =
      values === 'exact' ? policy.evaluateValue({ entrypoint, ...input }) : policy.evaluate({ entrypoint, ...input })
    return pipe(answer, E.match(failed, answered))
  }

  port.listen(
    (given) => {
      const asked = decode(request, given)
      if (E.isLeft(asked)) {
        const { path, expected } = asked.left
        post(failed(problem('policy-worker-failed', { reason: `${pathText(path)}: expected ${expected}` })))
      } else if (asked.right.kind === 'load') {
        // A rejected promise ends no web worker, so the owner would wait for ever.
        void load(asked.right).catch(threw).then(post)
      } else post(evaluate(asked.right))
    },
    // Without an owner there is nobody to tell.
    () => {},
  )
}
