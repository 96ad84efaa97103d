export {
  loadPolicyInWorkers,
  type PolicyWorkers,
  type PolicyWorkersOptions,
  type WorkerEvaluateOptions,
} from './policy-workers'
export { type Port, type WorkerPort, webPort, webWorkerPort } from './port'
export { type ServeOptions, servePolicies } from './serve'
