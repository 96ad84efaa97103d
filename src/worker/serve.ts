import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import { decode, pathText } from '../codec'
import type { PolicyProblem } from '../problem'
import type { Builtins } from '../rego/builtin'
import { type BuiltinProvider, loadTermPolicy, type TermPolicy } from '../rego/policy'
import { reasonOf, workerFailed } from './failure'
import type { Port } from './port'
import { type Message, type Request, request } from './protocol'

/** What cannot be sent to a worker and is therefore given in its own script. */
export interface ServeOptions {
  readonly builtins?: Builtins
  readonly provider?: BuiltinProvider
}

const failed = (given: PolicyProblem): Message => ({ kind: 'problem', problem: given })

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
  let policy: TermPolicy | undefined

  const load = async (asked: Extract<Request, { kind: 'load' }>): Promise<Message> => {
    const { kind: _, module, dataText, print, ...settings } = asked
    if (!(module instanceof WebAssembly.Module)) return failed(workerFailed('no module came with the request'))
    const loaded = await loadTermPolicy(
      {
        ...options,
        ...settings,
        wasm: module,
        ...(print ? { print: (printed) => post({ kind: 'printed', printed }) } : {}),
      },
      dataText,
    )()
    if (E.isLeft(loaded)) return failed(loaded.left)
    policy = loaded.right
    return { kind: 'loaded', entrypoints: policy.entrypoints }
  }

  const evaluate = ({ entrypoint, inputText }: Extract<Request, { kind: 'evaluate' }>): Message =>
    policy === undefined
      ? failed(workerFailed('no policy was loaded'))
      : pipe(
          policy.evaluateTerm(entrypoint, inputText),
          E.match(failed, (answer): Message => ({ kind: 'answer', ...answer })),
        )

  const answer = async (given: unknown): Promise<Message> => {
    const asked = decode(request, given)
    if (E.isLeft(asked)) {
      const { path, expected } = asked.left
      return failed(workerFailed(`${pathText(path)}: expected ${expected}`))
    }
    return asked.right.kind === 'load' ? load(asked.right) : evaluate(asked.right)
  }

  port.listen(
    (given) => {
      // What is thrown ends no web worker and no port, so the owner would wait for ever.
      void answer(given)
        .then(post)
        .catch((cause: unknown) => post(failed(workerFailed(reasonOf(cause)))))
    },
    // Without an owner there is nobody to tell.
    () => {},
  )
}
