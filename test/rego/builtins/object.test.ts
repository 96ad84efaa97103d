import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { object } from '../../../src/rego/builtins/object'
import { Decimal } from '../../../src/rego/number'
import { RegoMap, RegoSet, type RegoValue } from '../../../src/rego/value'
import { anyValue, mostly, ours, sameAsOpa } from './against-opa'

const subset = (above: RegoValue, below: RegoValue) => ours(object, 'object.subset', [above, below])

// Few values, so that one is often a part of the other.
const leaf = fc.constantFrom<RegoValue>(1, new Decimal('1.0'), 2, 'a', 'b', null)
const list = fc.array(leaf, { maxLength: 4 })
const set = list.map((members) => new RegoSet(members))
const composite: fc.Arbitrary<RegoValue> = fc.letrec<{ value: RegoValue; object: RegoValue }>((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, leaf, list, set, tie('object')),
  object: fc.oneof(
    fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), { maxKeys: 3, noNullPrototype: true }),
    fc.array(fc.tuple(leaf, tie('value')), { maxLength: 3 }).map((entries) => new RegoMap(entries)),
  ),
})).object

describe('object.subset', () => {
  it.each<[string, RegoValue, RegoValue, boolean]>([
    ['members of members', { a: { b: 1, c: 2 } }, { a: { b: 1 } }, true],
    ['a run of elements', { a: [1, 2, 3] }, { a: [2, 3] }, true],
    ['a run after a false start', [1, 2, 1, 2, 3], [1, 2, 3], true],
    ['elements with a gap', [1, 2, 3], [1, 3], false],
    ['an element that is less than its counterpart', { a: [{ b: 1, c: 2 }] }, { a: [{ b: 1 }] }, false],
    ['a set in an array', [1, 2, 3], new RegoSet([3, 1]), true],
  ])('of %s', (_, above, below, expected) => {
    expect(subset(above, below)).toEqual({ result: String(expected) })
  })

  it('is undefined for an array in a set', () => {
    expect(subset(new RegoSet([1]), [1])).toBe('undefined')
  })

  it('agrees with OPA', async () => {
    const pair = fc.oneof(fc.tuple(composite, composite), fc.tuple(list, list), fc.tuple(set, set), fc.tuple(list, set))
    await sameAsOpa(
      object,
      'object.subset',
      fc.oneof({ weight: 9, arbitrary: pair }, mostly(composite, anyValue)),
      3_000,
    )
  })
})
