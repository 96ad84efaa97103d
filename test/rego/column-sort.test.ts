import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareValues, RegoSet, type RegoValue, sortValues } from '../../src/rego/value'
import { anyValue } from './builtins/against-opa'

/** Few of each, so that many are equal in some of their parts. */
const scalar = fc.constantFrom<RegoValue>(
  '',
  'a',
  'aa',
  'b',
  'é',
  '\uffff',
  '\u{1f600}',
  0,
  -0,
  1,
  -1,
  0.5,
  2n ** 60n,
  null,
  true,
)

/** Objects with the same keys, as results have them, and now and then one with others. */
const alike: fc.Arbitrary<RegoValue> = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.record({
      kind: fc.constant('Deployment'),
      b: scalar,
      '\u{1f600}': fc.constantFrom(1, 2),
      path: fc.tuple(fc.constant('spec'), fc.constantFrom(0, 1), scalar),
      nested: fc.record({ z: fc.constant([]), y: fc.oneof(scalar, fc.constant(new RegoSet([1]))) }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('Pod') }) },
)

describe('sorting', () => {
  it.each([
    ['any values', anyValue],
    ['objects that are alike', alike],
    ['objects with the same keys', fc.record({ a: scalar, b: fc.array(scalar, { maxLength: 2 }), c: scalar })],
    ['arrays of one length', fc.tuple(scalar, scalar, scalar)],
    ['arrays', fc.array(scalar, { maxLength: 3 })],
    ['texts', fc.string({ unit: 'grapheme', maxLength: 4 })],
    ['texts with characters of two units', fc.string({ unit: 'binary', maxLength: 2 })],
    ['numbers', fc.double({ noNaN: true })],
    ['sets', fc.array(scalar, { maxLength: 3 }).map((members) => new RegoSet(members))],
    ['empty objects', fc.constant({})],
  ])('many %s puts them in the order of OPA', (_, value: fc.Arbitrary<RegoValue>) => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 16, maxLength: 80 }), (values) => {
        const given = values.slice()
        const sorted = sortValues(values)
        expect(values).toEqual(given)
        expect(sorted).toEqual([...values].sort(compareValues))
      }),
      { numRuns: 300 },
    )
  })
})
