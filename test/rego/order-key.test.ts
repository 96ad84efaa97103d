import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { orderKey } from '../../src/rego/order-key'
import { compareValues, RegoSet, type RegoValue, sortValues } from '../../src/rego/value'
import { anyValue } from './builtins/against-opa'

const json: fc.Arbitrary<RegoValue> = fc.letrec<{ value: RegoValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(null, true, false, 0, -0, 1, -1, 0.5, -0.5, 1e300, -1e300, 5e-324, Number.MAX_SAFE_INTEGER),
    fc.integer({ min: -300, max: 300 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom('', 'a', 'aa', 'a\u0001', 'b', 'é', '\uffff', '\u0001'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('', 'a', 'aa', 'b', 'é'), tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value

describe('the order key of a value', () => {
  it('orders as the values do', () => {
    fc.assert(
      fc.property(json, json, (a, b) => {
        const [left = '', right = ''] = [orderKey(a), orderKey(b)]
        expect(Math.sign(compareValues(a, b))).toBe(left < right ? -1 : left > right ? 1 : 0)
      }),
      { numRuns: 10_000 },
    )
  })

  it.each<[string, RegoValue]>([
    ['a half of a character', '\u{1f600}'],
    ['what would be an end', ['a\u0000']],
    ['a bigint', [2n ** 60n]],
    ['a set', { a: new RegoSet([1]) }],
    ['a key that is ordered otherwise', { '\u{1f600}': 1 }],
  ])('is none for %s', (_, value) => {
    expect(orderKey(value)).toBeUndefined()
  })
})

describe('sorting', () => {
  it.each([
    ['any values', anyValue],
    ['JSON', json],
    ['texts', fc.string({ unit: 'grapheme', maxLength: 4 })],
    ['numbers', fc.double({ noNaN: true })],
  ])('many %s puts them in the order of OPA', (_, value) => {
    fc.assert(
      fc.property(fc.array<RegoValue>(value, { minLength: 16, maxLength: 40 }), (values) => {
        const sorted = sortValues(values)
        expect(sorted.map((one) => values.indexOf(one)).includes(-1)).toBe(false)
        expect(sorted).toHaveLength(values.length)
        for (let at = 1; at < sorted.length; at += 1) {
          expect(compareValues(sorted[at - 1] as RegoValue, sorted[at] as RegoValue)).toBeLessThanOrEqual(0)
        }
      }),
      { numRuns: 300 },
    )
  })
})
