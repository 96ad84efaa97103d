import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { strings } from '../../../src/rego/builtins/strings'
import { Decimal } from '../../../src/rego/number'
import { RegoSet, type RegoValue } from '../../../src/rego/value'
import { mostly, ours, sameAsOpa } from './against-opa'

const said = (name: string, ...args: readonly RegoValue[]): unknown => {
  const answer = ours(strings, name, args)
  return answer === 'undefined' ? answer : JSON.parse(answer.result)
}

const text = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '😀', '\ufffd'), maxLength: 8 })
const short = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '😀', '\ufffd'), maxLength: 3 })
const several = (one: fc.Arbitrary<string>): fc.Arbitrary<RegoValue> =>
  fc.oneof(
    one,
    fc.array<RegoValue>(one, { maxLength: 4 }),
    fc.array<RegoValue>(one, { maxLength: 4 }).map((members) => new RegoSet(members)),
    fc.constantFrom<RegoValue>(['a', 1], new RegoSet(['a', null])),
  )
const limit = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -5, max: 5 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<RegoValue>(
      2n ** 63n - 1n,
      -(2n ** 63n),
      2n ** 63n,
      new Decimal('2.0'),
      new Decimal('2e0'),
      1.5,
    ),
  },
)

describe('strings', () => {
  it.each(['strings.any_prefix_match', 'strings.any_suffix_match'])('%s is as OPA has it', (name) =>
    sameAsOpa(strings, name, mostly(several(text), several(short))),
  )

  it.each(['strings.count', 'indexof_n'])('%s is as OPA has it', (name) =>
    sameAsOpa(strings, name, mostly(text, short)),
  )

  it('strings.split_n is as OPA has it', () => sameAsOpa(strings, 'strings.split_n', mostly(text, short, limit)))

  it.each<[string, readonly RegoValue[], unknown]>([
    ['strings.any_prefix_match', ['docker.io/nginx', ['quay.io/', 'docker.io/']], true],
    ['strings.any_suffix_match', [['a.yaml', 'b.txt'], '.json'], false],
    ['strings.count', ['cheese', 'e'], 3],
    ['strings.count', ['é😀', ''], 3],
    ['indexof_n', ['sad', 'a'], [1]],
    ['indexof_n', ['😀aaa', 'aa'], [1, 2]],
    ['strings.split_n', ['a/b/c', '/', 2], ['a', 'b']],
    ['strings.split_n', ['a/b/c', '/', -1], ['c']],
  ])('%s of %j', (name, args, expected) => {
    expect(said(name, ...args)).toEqual(expected)
  })

  it.each<[string, readonly RegoValue[]]>([
    ['indexof_n', ['a', '']],
    ['strings.any_prefix_match', ['a', ['a', 1]]],
    ['strings.split_n', ['a', 'b', 1.5]],
  ])('%s refuses %j', (name, args) => {
    expect(said(name, ...args)).toBe('undefined')
  })
})
