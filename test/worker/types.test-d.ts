import type { TaskEither } from 'fp-ts/TaskEither'
import { describe, expectTypeOf, it } from 'vitest'
import type { PolicyAnswer, PolicyProblem, ValueAnswer } from '../../src/index'
import {
  loadPolicyInWorkers,
  type PolicyWorkers,
  type Port,
  type ServeOptions,
  servePolicies,
  type WorkerEvaluateOptions,
  type WorkerPort,
  webPort,
  webWorkerPort,
} from '../../src/worker/index'

const wasm = new Uint8Array()
const start = (): WorkerPort => webWorkerPort({} as Worker)

describe('a policy in workers', () => {
  it('is loaded by who starts workers', () => {
    expectTypeOf(loadPolicyInWorkers).returns.toEqualTypeOf<TaskEither<PolicyProblem, PolicyWorkers>>()
    loadPolicyInWorkers({ wasm: {} as Promise<Response>, start, size: 2 })
    // @ts-expect-error outside of Node somebody has to start them
    loadPolicyInWorkers({ wasm })
    // @ts-expect-error a port that cannot be ended knows no deadline
    loadPolicyInWorkers({ wasm, start: () => webPort({} as Worker) })
  })

  it('gets no functions, which cannot be posted', () => {
    // @ts-expect-error builtins are given in the worker's script
    loadPolicyInWorkers({ wasm, start, builtins: {} })
    // @ts-expect-error so is their provider
    loadPolicyInWorkers({ wasm, start, provider: {} as NonNullable<ServeOptions['provider']> })
    servePolicies(webPort({} as MessagePort), { builtins: { 'acme.one': () => 1 } })
  })

  it('answers later with what a policy answers at once', () => {
    expectTypeOf<PolicyWorkers['evaluate']>().returns.toEqualTypeOf<TaskEither<PolicyProblem, PolicyAnswer>>()
    expectTypeOf<PolicyWorkers['evaluateValue']>().returns.toEqualTypeOf<TaskEither<PolicyProblem, ValueAnswer>>()
    expectTypeOf<PolicyWorkers['close']>().returns.toEqualTypeOf<void>()
    // @ts-expect-error there is no waiting for it
    ;({}) as PolicyWorkers['withData']
  })

  it('can be given a deadline in milliseconds, and be cancelled', () => {
    const options: WorkerEvaluateOptions = { input: 1, deadline: 200, signal: AbortSignal.timeout(200) }
    expectTypeOf(options.signal).toEqualTypeOf<AbortSignal | undefined>()
    // @ts-expect-error a controller is no signal
    const wrong: WorkerEvaluateOptions = { signal: new AbortController() }
    expectTypeOf(wrong).toEqualTypeOf<WorkerEvaluateOptions>()
  })
})

describe('a port', () => {
  it('is made of what a browser has', () => {
    expectTypeOf(webPort({} as MessagePort)).toEqualTypeOf<Port>()
    expectTypeOf(webPort({} as Worker)).toEqualTypeOf<Port>()
    expectTypeOf<WorkerPort>().toExtend<Port>()
    // @ts-expect-error a port of messages cannot be ended as a worker can
    webWorkerPort({} as MessagePort)
  })

  it('says nothing of what comes over it', () => {
    expectTypeOf<Parameters<Port['post']>>().toEqualTypeOf<[message: unknown]>()
    expectTypeOf<Parameters<Parameters<Port['listen']>[0]>>().toEqualTypeOf<[message: unknown]>()
  })
})
