import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { yaml } from '../../../src/rego/builtins/yaml'
import { formatTerm } from '../../../src/rego/format-term'
import { Decimal } from '../../../src/rego/number'
import type { RegoValue } from '../../../src/rego/value'
import { anyValue, mostly, ours, sameAsOpa } from './against-opa'
import { yamlText } from './yaml-texts'

const read = (text: string) => ours(yaml, 'yaml.unmarshal', [text])

describe('yaml.unmarshal', () => {
  it.each([
    ['words', 'a: yes\nb: true\nc: ~', '{"a": "yes", "b": true, "c": null}'],
    [
      'numbers',
      '[0644, 0x1F, 1_000, 1e3, -0.0, 9223372036854775808]',
      '[420, 31, 1000, 1000, -0, 9223372036854775808]',
    ],
    ['dates', 'a: 2026-01-01', '{"a": "2026-01-01"}'],
    ['keys that are no texts', '1: a\ntrue: b\n2.50: c', '{"1": "a", "2.5": "c", "true": "b"}'],
    ['equal keys', 'a: 1\nb: 2\na: 3', '{"a": 3, "b": 2}'],
    ['merges', 'x: &x {a: 1, b: 2}\ny:\n  <<: *x\n  a: 3', '{"x": {"a": 1, "b": 2}, "y": {"a": 3, "b": 2}}'],
    ['blocks', '|-\n  a\n   b\n\n', '"a\\n b"'],
    ['the first of several documents', 'a\n---\nb', '"a"'],
    ['nothing', '# c', 'null'],
  ])('reads %s', (_, text, expected) => {
    expect(read(text)).toEqual({ result: expected })
  })

  it.each(['a: b: c', '[a', '*a', 'a\n---\n]', '\ta: 1', '? [a]\n: b', '.nan', '%YAML 1.2\n---\na'])(
    'is undefined for %j',
    (text) => {
      expect(read(text)).toBe('undefined')
    },
  )

  it('takes a nesting that is too deep for an error', () => {
    expect(read('['.repeat(20_000))).toBe('undefined')
  })

  it('stops where aliases multiply', () => {
    const lines = Array.from({ length: 9 }, (_, at) => `a${at + 1}: &a${at + 1} [${Array(9).fill(`*a${at}`).join()}]`)
    expect(read(['a0: &a0 [x]', ...lines].join('\n'))).toBe('undefined')
  })

  it('agrees with OPA', async () => {
    await sameAsOpa(yaml, 'yaml.unmarshal', mostly(yamlText), 5_000)
  })
})

describe('yaml.is_valid', () => {
  it('agrees with OPA', async () => {
    await sameAsOpa(yaml, 'yaml.is_valid', mostly(fc.oneof(yamlText, fc.json(), fc.string())), 3_000)
  })
})

describe('yaml.marshal', () => {
  const write = (value: RegoValue) => yaml['yaml.marshal']?.({ random: () => new Uint8Array(), memo: new Map() }, value)

  it('lays blocks out by two', () => {
    const value = { b: [{ x: 1, y: [] }, [1, [2]]], a10: 'yes', a2: 'one\n two\n', n: new Decimal('1e7'), e: '' }
    expect(write(value)).toBe(
      'a2: |\n  one\n   two\na10: "yes"\nb:\n  - x: 1\n    "y": []\n  - - 1\n    - - 2\ne: ""\n"n": 1e+07\n',
    )
  })

  it('writes a key of several lines with its own marks', () => {
    expect(write({ 'a\nb': { c: 1 } })).toBe('? |-\n  a\n  b\n: c: 1\n')
  })

  it('agrees with OPA', async () => {
    const odd = [
      '\n',
      '\n',
      ' ',
      '  ',
      '\t',
      '\u2028',
      '\u0085',
      '\r',
      '\u0007',
      '\u007f',
      '\ufeff',
      '😀',
      "'",
      '"',
      '#',
      ': ',
      ':',
      '-',
      '- ',
      '?',
      '---',
      '0',
      '10',
      '9',
      'a',
      'b',
      'é',
      '<',
      '&',
    ]
    const letters = [...'aZé中ßΩ٣9०Ⅷ²·\u0301\u00ad\u200b\ue000\ufffd😀𝒳_ ~']
    const text = fc.oneof(
      fc.array(fc.constantFrom(...odd), { maxLength: 6 }).map((pieces) => pieces.join('')),
      yamlText,
      // Only letters as old as Go's tables: what counts as one in an order of keys grows with Unicode.
      fc.string({ unit: fc.constantFrom(...letters) }),
      fc.constantFrom(
        'yes',
        '1',
        '1e3',
        '2001-01-01',
        '1:30',
        '<<',
        'x'.repeat(129),
        'x'.repeat(1025),
        '~',
        '',
        '.5',
        '0x1',
        '...',
      ),
    )
    const number = fc.oneof(
      fc
        .constantFrom(
          '1.0',
          '1e7',
          '123456.5',
          '1234567.5',
          '-0',
          '-0.0',
          '1e400',
          '1E-7',
          '18446744073709551616',
          '.5',
        )
        .map((t) => new Decimal(t)),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => new Decimal(String(n))),
      fc.bigInt({ min: -(2n ** 65n), max: 2n ** 65n }),
    )
    const value: fc.Arbitrary<RegoValue> = fc.letrec<{ value: RegoValue }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        text,
        number,
        anyValue,
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(text, tie('value'), { maxKeys: 4, noNullPrototype: true }),
      ),
    })).value
    // Keys whose digits overflow go-yaml's integers have no order: OPA's own answer changes from call to call.
    const ordered = value.filter(
      (given) => !/\p{Nd}{19}[^",{}[\]]*"?: |"[^"]*\p{Nd}{19}[^"]*": /u.test(formatTerm(given)),
    )
    await sameAsOpa(
      yaml,
      'yaml.marshal',
      ordered.map((given) => [given]),
      4_000,
    )
  })
})
