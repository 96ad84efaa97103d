import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '../../src/json'
import { Decimal } from '../../src/rego/number'
import { EXACT, JSON_READING, readTerm, readWritten, writeTerm } from '../../src/rego/term'
import { compareValues, RegoMap, RegoSet, type RegoValue, toJson } from '../../src/rego/value'
import { anyValue } from './builtins/against-opa'

const exact = (text: string): RegoValue => readTerm(text, EXACT)
const json = (text: string): Json => readTerm(text, JSON_READING)

describe('reading exactly', () => {
  it.each<[string, RegoValue]>([
    ['null', null],
    ['[true, false]', [true, false]],
    ['{1, "a", null, {2}}', new RegoSet([null, 1, 'a', new RegoSet([2])])],
    ['set()', new RegoSet([])],
    ['{}', {}],
    ['{"b": 1, "a": {"x": []}}', { a: { x: [] }, b: 1 }],
    [
      '{1: "one", "1": [set()]}',
      new RegoMap([
        [1, 'one'],
        ['1', [new RegoSet([])]],
      ]),
    ],
    ['"a\\"b\\\\"', 'a"b\\'],
    ['{"a\\"": "\\\\"}', { 'a"': '\\' }],
    ['"\\u0001é😀"', '\u0001é😀'],
    ['9007199254740991', 9007199254740991],
    ['9007199254740993', 9007199254740993n],
    ['-12345678901234567890123', -12345678901234567890123n],
    ['0.1', 0.1],
    ['1.50', 1.5],
    ['1.0', 1],
    ['1e3', 1000],
    ['.5', 0.5],
    ['1.', 1],
    ['-0', 0],
    ['1e25', 10n ** 25n],
    ['0.1000000000000000000001', new Decimal('0.1000000000000000000001')],
    ['1e999999999', new Decimal('1e999999999')],
    ['1e-400', new Decimal('1e-400')],
  ])('%s', (text, value) => {
    expect(exact(text)).toEqual(value)
  })

  it.each(['', '[1', '{1', '{"a" 1}', '{"a": 1, 2}', '"a', 'tru', '1 2', '[1 2]', 'x', '[,]'])(
    'a fault in %j is thrown, not read past',
    (text) => {
      expect(() => exact(text)).toThrow(/cannot be read at/)
    },
  )

  it('puts the members of sets and objects in order, whatever the order in the text', () => {
    expect(exact('{"b", 10, 9, [1], null, "a", {"k": 1}, true}')).toEqual({
      members: [null, true, 9, 10, 'a', 'b', [1], { k: 1 }],
    })
    expect(JSON.stringify(exact('{"b": 1, "a": 2}'))).toBe('{"a":2,"b":1}')
  })

  it('keeps a key named __proto__ as a key', () => {
    expect(Object.keys(exact('{"__proto__": {"x": 1}}') as object)).toEqual(['__proto__'])
    expect(Object.keys(json('{"a": {{"__proto__": 1}}}') as object)).toEqual(['a'])
    expect(JSON.stringify(json('{{"__proto__": 1}}'))).toBe('[{"__proto__":1}]')
  })

  it('gives back what was written, for any value', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        expect(compareValues(exact(writeTerm(value)), value)).toBe(0)
        expect(compareValues(readWritten(writeTerm(value)), value)).toBe(0)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('reading as written', () => {
  it.each<[string, RegoValue]>([
    ['1.0', new Decimal('1.0')],
    ['[1e3, 1, 0.5, "1.0"]', [new Decimal('1e3'), 1, 0.5, '1.0']],
    ['-0', new Decimal('-0')],
    ['9007199254740992', 9007199254740992n],
    ['{"a": {1}}', { a: new RegoSet([1]) }],
  ])('%s', (text, value) => {
    expect(readWritten(text)).toEqual(value)
  })
})

describe('reading as JSON', () => {
  it('makes sets sorted arrays and other keys texts', () => {
    expect(json('{"s": {3, 1, "b", "a"}, "m": {1: {2}, [1, {3}]: null}, "n": 12345678901234567890}')).toEqual({
      s: [1, 3, 'a', 'b'],
      m: { '1': [2], '[1,[3]]': null },
      n: 12345678901234567000,
    })
  })

  it('is what toJson makes of the exact value', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const text = writeTerm(value)
        expect(json(text)).toEqual(toJson(exact(text)))
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('writing', () => {
  it('refuses what is no Rego value', () => {
    const circle: unknown[] = []
    circle.push(circle)
    for (const value of [circle, [1n, Number.NaN], () => 1, undefined, [1n, undefined]]) {
      expect(() => writeTerm(value as RegoValue)).toThrow()
    }
  })
})

describe('order', () => {
  it('is total and that of OPA', () => {
    const sorted: readonly RegoValue[] = [
      null,
      false,
      true,
      -(2n ** 70n),
      new Decimal('-1e400'),
      -1,
      0,
      new Decimal('1e-400'),
      new Decimal('0.1000000000000000000001'),
      0.5,
      2n ** 60n,
      new Decimal('1e999999999'),
      '',
      'a',
      'ab',
      'b',
      '\uffff',
      '😀',
      [],
      [1],
      [1, 2],
      [2],
      {},
      { a: 1 },
      { a: 1, b: 1 },
      { a: 2 },
      { b: 0 },
      new RegoSet([]),
      new RegoSet([1]),
      new RegoSet([1, 2]),
      new RegoSet([2]),
    ]
    // Smaller by value comes first: -1e400 is far below -2^70.
    const expected = [...sorted]
    expected.splice(3, 2, new Decimal('-1e400'), -(2n ** 70n))
    expect([...sorted].reverse().sort(compareValues)).toEqual(expected)
  })
})
