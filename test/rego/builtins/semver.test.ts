import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { semver } from '../../../src/rego/builtins/semver'
import { mostly, ours, sameAsOpa } from './against-opa'

const said = (name: string, ...args: readonly string[]): unknown => {
  const answer = ours(semver, name, args)
  return answer === 'undefined' ? answer : JSON.parse(answer.result)
}

const number = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 3 }).map(String) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('01', '00', '', '-1', '+1', 'x', '9223372036854775807', '9223372036854775808'),
  },
)
const identifier = fc.oneof(
  fc.integer({ min: 0, max: 12 }).map(String),
  fc.string({ unit: fc.constantFrom(...'abAB0-'), minLength: 1, maxLength: 3 }),
  fc.constantFrom('rc', 'alpha', 'beta', '01', '0', '00a', 'é', '', '9223372036854775806', '9223372036854775808'),
)
const identifiers = fc.array(identifier, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('.'))
const optional = (start: string): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant('') },
    identifiers.map((part) => start + part),
  )
const version = fc
  .tuple(
    fc.constantFrom('', '', '', 'v', 'V', 'vv'),
    fc.oneof(
      { weight: 9, arbitrary: fc.tuple(number, number, number).map((parts) => parts.join('.')) },
      { weight: 1, arbitrary: fc.array(number, { maxLength: 4 }).map((parts) => parts.join('.')) },
    ),
    optional('-'),
    optional('+'),
  )
  .map((parts) => parts.join(''))

describe('semver', () => {
  it('knows versions as OPA does', () => sameAsOpa(semver, 'semver.is_valid', mostly(version)))

  it('orders versions as OPA does', () => sameAsOpa(semver, 'semver.compare', mostly(version, version)))

  it('orders pre-releases as OPA does', () =>
    sameAsOpa(
      semver,
      'semver.compare',
      fc.tuple(identifiers, identifiers).map((both) => both.map((part) => `1.0.0-${part}`)),
    ))

  it.each([
    ['1.2.3', '1.2.4', -1],
    ['v1.10.0', '1.9.0', 1],
    ['1.0.0', '1.0.0-rc.1', 1],
    ['1.0.0-alpha.2', '1.0.0-alpha.10', -1],
    ['1.0.0-alpha.1', '1.0.0-alpha.beta', -1],
    ['1.0.0+a', '1.0.0+b', 0],
  ])('%s against %s is %d', (a, b, expected) => {
    expect(said('semver.compare', a, b)).toBe(expected)
  })

  it('does not wait for numeric identifiers that OPA cannot tell apart', () => {
    expect(said('semver.compare', '1.0.0-99999999999999999999', '1.0.0-99999999999999999998')).toBe(0)
  })

  it.each(['1.2', '1.2.3.4', '01.2.3', '1.2.3-', '1.2.3-01', '1.2.3+', ''])('%j is no version', (text) => {
    expect(said('semver.is_valid', text)).toBe(false)
  })

  it('refuses to compare what is no version', () => {
    expect(said('semver.compare', '1.2', '1.2.3')).toBe('undefined')
  })
})
