import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { urlquery } from '../../../src/rego/builtins/urlquery'
import { Decimal } from '../../../src/rego/number'
import { RegoMap, RegoSet, type RegoValue } from '../../../src/rego/value'
import { anyValue, mostly, ours, sameAsOpa } from './against-opa'
import { anyText, mutated } from './texts'

const said = (name: string, value: RegoValue): unknown => ours(urlquery, name, [value])

const encoded = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'a',
        'b',
        '=',
        '&',
        '+',
        '%20',
        '%e2%82%ac',
        '%ff',
        '%26',
        '%3D',
        '\u20ac',
        '%e2%82',
        '%EF%BB%BF',
      ),
      fc.string({ maxLength: 2 }),
    ),
    {
      maxLength: 10,
    },
  )
  .map((parts) => parts.join(''))

const keys: fc.Arbitrary<RegoValue> = fc.oneof({ weight: 6, arbitrary: anyText }, { weight: 1, arbitrary: anyValue })
const texts = fc.array(anyText, { maxLength: 3 })
const members: fc.Arbitrary<RegoValue> = fc.oneof(
  anyText,
  texts,
  texts.map((members) => new RegoSet(members)),
)
const objects: fc.Arbitrary<RegoValue> = fc.oneof(
  fc.dictionary(fc.string({ maxLength: 3 }), members, { maxKeys: 4, noNullPrototype: true }),
  fc.array(fc.tuple(keys, members), { minLength: 1, maxLength: 3 }).map((entries) => new RegoMap(entries)),
)

describe('urlquery', () => {
  it.each<[string, RegoValue, string | undefined]>([
    ['urlquery.encode', "a b&c=\u00e9~*'", '"a+b%26c%3D%C3%A9~%2A%27"'],
    ['urlquery.decode', 'a+b%26c%3D%C3%A9', '"a b&c=\u00e9"'],
    ['urlquery.decode', '%e2%82', '"\ufffd\ufffd"'],
    ['urlquery.decode', '%2', undefined],
    ['urlquery.encode_object', { b: ['2', '1'], a: 'x y', c: [] }, '"a=x+y&b=2&b=1"'],
    ['urlquery.encode_object', { a: new RegoSet(['2', '1']) }, '"a=1&a=2"'],
    ['urlquery.encode_object', { a: 1 }, undefined],
    ['urlquery.encode_object', new RegoMap([[1, 'a']]), '"1=a"'],
    ['urlquery.encode_object', new RegoMap([[new Decimal('.5'), 'a']]), undefined],
    ['urlquery.encode_object', ['a'], undefined],
    ['urlquery.decode_object', 'a=1&b&&a=2&c==', '{"a": ["1", "2"], "b": [""], "c": ["="]}'],
    ['urlquery.decode_object', '__proto__=1', '{"__proto__": ["1"]}'],
    ['urlquery.decode_object', 'a=1;b=2', undefined],
  ])('%s of %o is %s', (name, value, result) => {
    expect(said(name, value)).toEqual(result === undefined ? 'undefined' : { result })
  })

  it('refuses more than 10,000 parameters', () => {
    expect(said('urlquery.decode_object', '&'.repeat(9_999))).toEqual({ result: '{}' })
    expect(said('urlquery.decode_object', '&'.repeat(10_000))).toBe('undefined')
  })

  it('encodes as OPA does', () => sameAsOpa(urlquery, 'urlquery.encode', mostly(anyText)))

  it('decodes as OPA does', () => sameAsOpa(urlquery, 'urlquery.decode', mostly(mutated(encoded))))

  it('encodes objects as OPA does', () => sameAsOpa(urlquery, 'urlquery.encode_object', mostly(objects)))

  it('decodes objects as OPA does', () => sameAsOpa(urlquery, 'urlquery.decode_object', mostly(mutated(encoded))))
})
