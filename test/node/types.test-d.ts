import type { TaskEither } from 'fp-ts/TaskEither'
import { describe, expectTypeOf, it } from 'vitest'
import * as universal from '../../src/index'
import {
  CheckError,
  type Checklist,
  check,
  loadBundle,
  loadChecklist,
  loadPack,
  loadPackFile,
  loadPolicy,
  loadPolicyInWorkers,
  type Pack,
  type PolicyProblem,
  type Problem,
  type Report,
} from '../../src/node'
import type { PolicyWorkers, WorkerPort } from '../../src/worker/index'

const wasm = new Uint8Array()

describe('the entry for Node', () => {
  it('loads policies, bundles and packs with the signatures of the universal entry', () => {
    expectTypeOf(loadPolicy).toEqualTypeOf(universal.loadPolicy)
    expectTypeOf(loadBundle).toEqualTypeOf(universal.loadBundle)
    expectTypeOf(loadPack).toEqualTypeOf(universal.loadPack)
  })

  it('knows where the shipped module is, which the universal entry is told', () => {
    expectTypeOf(loadChecklist()).toEqualTypeOf<TaskEither<Problem, Checklist>>()
    loadChecklist({ maximumPages: 100 })
    // @ts-expect-error which module
    universal.loadChecklist({ maximumPages: 100 })
    expectTypeOf(loadPackFile('pack.wasm')).toEqualTypeOf<TaskEither<Problem, Pack>>()
  })

  it('starts threads of its own, or yours', () => {
    expectTypeOf(loadPolicyInWorkers({ wasm })).toEqualTypeOf<TaskEither<PolicyProblem, PolicyWorkers>>()
    loadPolicyInWorkers({ wasm, start: () => ({}) as WorkerPort })
    // @ts-expect-error builtins are given in the worker's script
    loadPolicyInWorkers({ wasm, builtins: {} })
  })

  it('has one promise, whose rejection carries the typed problem', () => {
    expectTypeOf(check([])).toEqualTypeOf<Promise<Report>>()
    expectTypeOf(new CheckError({} as Problem).problem).toEqualTypeOf<Problem>()
    // @ts-expect-error a tier that does not exist
    check([], { tier: 'extended' })
  })
})
