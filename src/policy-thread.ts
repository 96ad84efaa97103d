/** The script of the threads that `loadPolicyInWorkers` of the entry `./node` starts. */
import { parentPort } from 'node:worker_threads'
import { opaBuiltinProvider } from './compiler/builtins'
import { servePolicies } from './worker/index'

if (parentPort !== null) {
  const port = parentPort
  servePolicies(
    { post: (message) => port.postMessage(message), listen: (receive) => port.on('message', receive) },
    { provider: opaBuiltinProvider() },
  )
}
