import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { units } from '../../../src/rego/builtins/units'
import { mostly, ours, sameAsOpa } from './against-opa'

const said = (name: string, text: string): string => {
  const answer = ours(units, name, [text])
  return answer === 'undefined' ? answer : answer.result
}

const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 24 })
const amount = fc
  .tuple(
    fc.constantFrom('', '', '', '-', '+', '--'),
    digits,
    fc.oneof(
      fc.constantFrom('', '', '.'),
      digits.map((fraction) => `.${fraction}`),
    ),
    fc.oneof(
      { weight: 4, arbitrary: fc.constant('') },
      fc.integer({ min: -400, max: 400 }).map((exponent) => `e${exponent}`),
      fc.constantFrom('E3', 'e+3', 'e', 'E-', 'e+', 'e1e1', 'e0000001', 'e000001', 'e+-1', 'e1234567'),
    ),
  )
  .map((parts) => parts.join(''))
const unit = fc.oneof(
  { weight: 2, arbitrary: fc.constant('') },
  {
    weight: 8,
    arbitrary: fc
      .tuple(fc.constantFrom(...'kKmMgGtTpPeE'), fc.constantFrom('', 'i', 'I', 'b', 'B', 'ib', 'iB', 'IB', 'ii'))
      .map((parts) => parts.join('')),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('\u212a', 'k\u0130', 'K\u0130', '\u0130', 'é', ' ', ' k', '"k"', 'x', 'b', '_'),
  },
)
const quantity = fc.oneof(
  { weight: 9, arbitrary: fc.tuple(amount, unit).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(...'0159.eE+-kMi" '), maxLength: 8 }) },
)

describe('units', () => {
  it('reads quantities as OPA does', () => sameAsOpa(units, 'units.parse', mostly(quantity)))

  it('reads sizes as OPA does', () => sameAsOpa(units, 'units.parse_bytes', mostly(quantity)))

  it.each([
    ['units.parse', '100m', '0.1000000000'],
    ['units.parse', '1000m', '1.0000000000'],
    ['units.parse', '1.5Gi', '1610612736'],
    ['units.parse', '2M', '2000000'],
    ['units.parse', '1e3', '1000'],
    ['units.parse', '0.1', '0.1000000000'],
    ['units.parse', '-1e-20', '-0.0000000000'],
    ['units.parse_bytes', '128MiB', '134217728'],
    ['units.parse_bytes', '1.5kb', '1500'],
    ['units.parse_bytes', '9007199254740993', '9007199254740993'],
    ['units.parse_bytes', '36893488147419103233', '36893488147419103232'],
  ])('%s of %s is %s', (name, text, expected) => {
    expect(said(name, text)).toBe(expected)
  })

  it.each(['', 'Mi', '1 Mi', '1.2.3', '1x', '1e1234567', '1MiB', '.'])('units.parse refuses %j', (text) => {
    expect(said('units.parse', text)).toBe('undefined')
  })

  it.each(['', 'kb', '1 kb', '1.2.3', '1x', '1e1234567'])('units.parse_bytes refuses %j', (text) => {
    expect(said('units.parse_bytes', text)).toBe('undefined')
  })
})
