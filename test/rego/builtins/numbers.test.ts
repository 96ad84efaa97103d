import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { numbers } from '../../../src/rego/builtins/numbers'
import { Decimal } from '../../../src/rego/number'
import type { RegoValue } from '../../../src/rego/value'
import { mostly, ours, sameAsOpa } from './against-opa'

const small = fc.integer({ min: -30, max: 30 })
const near = (base: bigint): fc.Arbitrary<bigint> =>
  fc.integer({ min: -5, max: 5 }).map((offset) => base + BigInt(offset))
const odd = fc
  .constantFrom('1.0', '3e0', '1e1', '20e-1', '1.5', '-0', '-0.0', '-2.0', '12.30e1')
  .map((text) => new Decimal(text))
const bound = fc.oneof({ weight: 6, arbitrary: small }, odd)
const step = fc.oneof({ weight: 6, arbitrary: fc.integer({ min: -1, max: 8 }) }, odd, fc.constant(2n ** 70n))

const said = (...args: readonly RegoValue[]): unknown => {
  const answer = ours(numbers, 'numbers.range_step', args)
  return answer === 'undefined' ? answer : JSON.parse(answer.result)
}

describe('numbers', () => {
  it('steps as OPA does', () => sameAsOpa(numbers, 'numbers.range_step', mostly(bound, bound, step).filter(isShort)))

  it('steps through large numbers as OPA does', () =>
    sameAsOpa(numbers, 'numbers.range_step', fc.tuple(near(2n ** 80n), near(2n ** 80n), step)))

  it.each([
    [
      [1, 5, 2],
      [1, 3, 5],
    ],
    [
      [5, 0, 2],
      [5, 3, 1],
    ],
    [[1, 1, 9], [1]],
    [[0, 3, 5], [0]],
  ])('%j is %j', (args, expected) => {
    expect(said(...args)).toEqual(expected)
  })

  it('refuses a range that nothing could hold', () => {
    expect(said(0, 2n ** 60n, 1)).toBe('undefined')
  })

  it.each([[[1, 2, 0]], [[1, 2, -1]], [[1.5, 2, 1]], [[1, 2, 'a']]])('refuses %j', (args) => {
    expect(said(...args)).toBe('undefined')
  })
})

/** A bound of any type may be a number that is far away, and the range then without end. */
function isShort([from, to]: readonly RegoValue[]): boolean {
  const distance = Number(from) - Number(to)
  return Number.isNaN(distance) || Math.abs(distance) < 5_000
}
