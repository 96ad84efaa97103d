import type { Either } from 'fp-ts/Either'
import { describe, expectTypeOf, it } from 'vitest'
import { type Checklist, checklistOf, type Pack, type Problem, type Selection } from '../../src/index'

const checklist = {} as Checklist

describe('a part of a checklist', () => {
  it('is selected by criteria that may all be left out', () => {
    expectTypeOf<{ controls: string[] }>().toExtend<Selection>()
    expectTypeOf<{ items: string[]; tier: 'extended' }>().toExtend<Selection>()
    expectTypeOf<{ tier: 'all' }>().not.toExtend<Selection>()
    expectTypeOf<{ items: undefined }>().not.toExtend<Selection>()
    // @ts-expect-error a criterion that does not exist
    checklist.only({ item: ['D3'] })
  })

  it('is a checklist, or says why not', () => {
    expectTypeOf<Checklist['only']>().returns.toEqualTypeOf<Either<Problem, Checklist>>()
    expectTypeOf<Checklist['without']>().returns.toEqualTypeOf<Either<Problem, Checklist>>()
  })
})

describe('a checklist of packs', () => {
  it('is made of any number of them, beside the shipped one or instead of it', () => {
    const packs: readonly Pack[] = []
    expectTypeOf(checklistOf(packs)).toEqualTypeOf<Either<Problem, Checklist>>()
    expectTypeOf(checklist.with({} as Pack)).toEqualTypeOf<Either<Problem, Checklist>>()
    // @ts-expect-error a pack is loaded first
    checklist.with(new Uint8Array())
    // @ts-expect-error two clashing packs make no checklist
    checklist.with({} as Pack).only({})
  })

  it('takes ids of controls that only packs have', () => {
    expectTypeOf(checklist.catalogue.itemOf('SHOP-01')).toEqualTypeOf<
      Checklist['catalogue']['items'][number] | undefined
    >()
    checklist.check([], { controls: ['SHOP-01'], parameters: { 'SHOP-01': { limit: 3 } } })
  })
})
