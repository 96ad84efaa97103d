import type { Either } from 'fp-ts/Either'
import { describe, expectTypeOf, it } from 'vitest'
import type { Checklist, Problem, Selection } from '../../src/index'

describe('a part of a checklist', () => {
  it('is selected by criteria that may all be left out', () => {
    expectTypeOf<{ controls: string[] }>().toExtend<Selection>()
    expectTypeOf<{ items: string[]; tier: 'extended' }>().toExtend<Selection>()
    expectTypeOf<{ tier: 'all' }>().not.toExtend<Selection>()
    expectTypeOf<{ items: undefined }>().not.toExtend<Selection>()
  })

  it('is a checklist, or says why not', () => {
    expectTypeOf<Checklist['only']>().returns.toEqualTypeOf<Either<Problem, Checklist>>()
    expectTypeOf<Checklist['without']>().returns.toEqualTypeOf<Either<Problem, Checklist>>()
  })
})
