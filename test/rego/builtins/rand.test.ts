import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rand } from '../../../src/rego/builtins/rand'
import { Decimal } from '../../../src/rego/number'
import { randomFrom } from '../../../src/rego/random'
import type { RegoValue } from '../../../src/rego/value'
import { opa, ours, theirs } from './against-opa'

const evaluation = (seed: number): ((key: string, bound: RegoValue) => RegoValue | undefined) => {
  const context = { random: randomFrom(seed), memo: new Map() }
  return (key, bound) => rand['rand.intn']?.(context, key, bound)
}

describe('rand.intn', () => {
  it('is from zero to below the bound, whatever its sign', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.string(),
        fc.bigInt({ min: -(2n ** 63n) + 1n, max: 2n ** 63n - 1n }),
        (seed, key, bound) => {
          const size = bound < 0n ? -bound : bound
          const number = BigInt(evaluation(seed)(key, bound) as bigint)
          expect(number >= 0n && (number < size || size === 0n)).toBe(true)
        },
      ),
    )
  })

  it('takes all values', () => {
    const random = evaluation(1)
    expect(new Set(Array.from({ length: 200 }, (_, key) => Number(random(String(key), 4))))).toEqual(
      new Set([0, 1, 2, 3]),
    )
  })

  it('is the same for one key and bound within an evaluation', () => {
    const random = evaluation(1)
    expect(random('a', 2n ** 60n)).toBe(random('a', -(2n ** 60n)))
    expect(random('a', 2n ** 60n)).not.toBe(random('b', 2n ** 60n))
    expect(random('a', 2n ** 60n)).not.toBe(random('a', 2n ** 59n))
  })

  it('follows from the seed', () => {
    expect(evaluation(1)('a', 2n ** 60n)).toBe(evaluation(1)('a', 2n ** 60n))
    expect(evaluation(1)('a', 2n ** 60n)).not.toBe(evaluation(2)('a', 2n ** 60n))
  })

  it.each<readonly [RegoValue, RegoValue]>([
    ['a', 0],
    ['a', 1],
    ['a', new Decimal('1.0')],
    ['a', new Decimal('1e0')],
    ['a', 0.5],
    ['a', 2n ** 63n],
    ['a', -(2n ** 63n)],
    [1, 1],
    ['a', '1'],
  ])('takes and refuses what OPA does: %o, %o', async (...args) => {
    expect(ours(rand, 'rand.intn', args)).toEqual(theirs(await opa(), 'rand.intn', args))
  })
})
