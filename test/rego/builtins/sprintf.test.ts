import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sprintf } from '../../../src/rego/builtins/sprintf'
import { Decimal } from '../../../src/rego/number'
import { RegoSet, type RegoValue } from '../../../src/rego/value'
import { anyValue, mostly, opa, ours, sameAsOpa, theirs } from './against-opa'

const said = (template: string, ...values: readonly RegoValue[]): string => {
  const answer = ours(sprintf, 'sprintf', [template, values])
  return answer === 'undefined' ? answer : (JSON.parse(answer.result) as string)
}

const number: fc.Arbitrary<RegoValue> = fc.oneof(
  fc.integer({ min: -20, max: 300 }),
  fc.constantFrom(
    0x7f,
    0xa0,
    0xd7ff,
    0xd800,
    0xdfff,
    0xe000,
    0xfffd,
    0x1f600,
    0x10ffff,
    0x110000,
    1_000_000,
    1_000_001,
    -1_000_001,
  ),
  fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n }),
  fc.constantFrom(0n, 2n ** 63n, -(2n ** 63n), 2n ** 63n - 1n, -(2n ** 63n) - 1n, 2n ** 200n),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ noNaN: true, min: -1e7, max: 1e7 }),
  fc
    .tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.integer({ min: -330, max: 330 }))
    .map(([digits, exponent]) => new Decimal(`${digits}e${exponent}`)),
  fc
    .tuple(fc.integer({ min: -9_999, max: 9_999 }), fc.integer({ min: 0, max: 9_999 }))
    .map(([whole, fraction]) => new Decimal(`${whole}.${fraction}`)),
  fc
    .constantFrom(
      '1.0',
      '0.0',
      '-0.0',
      '0.5',
      '1.5',
      '2.5',
      '0.25',
      '1e400',
      '-1e999',
      '5e-324',
      '1.7976931348623157e308',
    )
    .map((text) => new Decimal(text)),
)

// Not among the numbers above: `*` makes widths of them.
const codePoint = fc.constantFrom(0x7f, 0xa0, 0x2028, 0xd800, 0xdfff, 0xfffd, 0x1f600, 0x10ffff, 0x110000)

const value: fc.Arbitrary<RegoValue> = fc.oneof(
  { weight: 4, arbitrary: number },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 6 }) },
  { weight: 1, arbitrary: fc.constantFrom('', '`', 'a\tb', '\u0000\u007f', 'é\u00a0\u200b', '😀') },
  { weight: 1, arbitrary: anyValue },
)

const digits = (max: number): fc.Arbitrary<string> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant('') }, { weight: 2, arbitrary: fc.integer({ min: 0, max }).map(String) })
const index = fc.oneof(
  { weight: 8, arbitrary: fc.constant('') },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 4 }).map((at) => `[${at}]`) },
  { weight: 1, arbitrary: fc.constantFrom('[', '[]', '[x]', '[1x]', '[-1]', '[99999999]') },
)
const size = fc.oneof(
  { weight: 5, arbitrary: digits(40) },
  { weight: 1, arbitrary: fc.constantFrom('*', '[1]*', '[2]*', '99999999') },
)

const directive = fc
  .tuple(
    fc.oneof(
      { weight: 2, arbitrary: fc.constant('') },
      fc.string({ unit: fc.constantFrom('+', '-', '#', ' ', '0'), maxLength: 3 }),
    ),
    index,
    size,
    fc.oneof(
      { weight: 2, arbitrary: fc.constant('') },
      size.map((precision) => `.${precision}`),
    ),
    index,
    fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...'vsqdboOxXcUteEfFgGT') }, fc.constantFrom(...'pwz%é😀!', '')),
  )
  .map((parts) => `%${parts.join('')}`)

const template = fc
  .array(fc.oneof({ weight: 4, arbitrary: directive }, fc.string({ unit: 'grapheme', maxLength: 3 })), { maxLength: 4 })
  .map((parts) => parts.join(''))

// Surrogates are no characters, and OPA's parser of terms takes no byte order mark.
const isCharacter = (code: number): boolean => (code < 0xd800 || code > 0xdfff) && code !== 0xfeff

// Where Go keeps a large integer differs from run to run.
const printsAddress = ([text, values]: readonly RegoValue[]): boolean =>
  typeof text === 'string' && /%[^a-oq-zA-Z%]*p/.test(text) && Array.isArray(values)

describe('sprintf', () => {
  it('writes what OPA writes', () =>
    sameAsOpa(
      sprintf,
      'sprintf',
      mostly(template, fc.array(value, { maxLength: 4 })).filter((args) => !printsAddress(args)),
    ))

  it('writes each number by each verb as OPA does', () =>
    sameAsOpa(
      sprintf,
      'sprintf',
      fc.tuple(
        directive.filter((text) => !/[*p]/.test(text)),
        fc.array(fc.oneof({ weight: 4, arbitrary: number }, codePoint), { minLength: 1, maxLength: 3 }),
      ),
    ))

  it('knows which characters Go prints as they are', async () => {
    const compiler = await opa()
    const step = 0x4000
    for (let from = 0; from <= 0x10ffff; from += step) {
      const characters = Array.from({ length: step }, (_, at) => from + at).filter((c) => isCharacter(c))
      const args = ['%q', [String.fromCodePoint(...characters)]]
      expect(ours(sprintf, 'sprintf', args)).toEqual(theirs(compiler, 'sprintf', args))
    }
  })

  it.each<[string, readonly RegoValue[], string]>([
    ['%s runs as %d', ['app', 0], 'app runs as 0'],
    ['%v and %v', [new RegoSet(['b', 'a']), { x: [1, true, null] }], '{"a", "b"} and {"x": [1, true, null]}'],
    ['%q', ['say "hi"\n'], '"say \\"hi\\"\\n"'],
    ['%5d|%-5d|%05d|%+d', [42, 42, 42, 42], '   42|42   |00042|+42'],
    ['%x %X %#x %o %b %c %U', [255, 255, 255, 8, 5, 0x1f600, 0x1f600], 'ff FF 0xff 10 101 😀 U+1F600'],
    ['%.2f %e %g %v', [1.005, 1.5, 1e21, new Decimal('1.0')], '1.00 1.500000e+00 1e+21 1'],
    ['%.0f %.0f %.0f', [0.5, 1.5, 2.5], '0 2 2'],
    ['%.1f %d', [1, 1.5], '%!f(int64=1) %!d(float64=1.5)'],
    ['%d', [2n ** 70n], '1180591620717411303424'],
    ['%T %T %T %T', [1, 1.5, 2n ** 70n, null], 'int64 float64 *big.Int string'],
    ['%[2]s %[1]s', ['a', 'b'], 'b a'],
    ['%*d|%.*f', [5, 1, 1, 2.25], '    1|2.2'],
    ['100%%', [], '100%'],
    ['%t', [true], '%!t(string=true)'],
    ['%d %s', [1], '1 %!s(MISSING)'],
    ['%d', [1, 'a', 2.5], '1%!(EXTRA string=a, float64=2.5)'],
    ['%[5]d %!', [1], '%!d(BADINDEX) %!!(int64=1)'],
    ['%', [], '%!(NOVERB)'],
  ])('fills %s', (text, values, expected) => {
    expect(said(text, ...values)).toBe(expected)
  })

  it('writes some address for a large integer by %p', () => {
    expect(said('%p', 2n ** 70n)).toMatch(/^0xc[0-9a-f]+$/)
  })

  it.each<[RegoValue, RegoValue]>([
    [1, []],
    ['%d', 1],
    ['%d', new RegoSet([1])],
  ])('refuses %s with %s', (text, values) => {
    expect(() => sprintf['sprintf']?.({ random: () => new Uint8Array(), memo: new Map() }, text, values)).toThrow(
      /^operand/,
    )
  })
})
