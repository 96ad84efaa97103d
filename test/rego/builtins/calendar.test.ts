import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { calendar } from '../../../src/rego/builtins/calendar'
import { ZONES } from '../../../src/rego/builtins/time/zones.generated'
import { Decimal } from '../../../src/rego/number'
import type { RegoValue } from '../../../src/rego/value'
import { anyValue, mostly, ours, sameAsOpa } from './against-opa'
import { mutated } from './texts'
import { layouts, timestamps } from './times'

const zoneNames = ZONES.trim()
  .split('\n')
  .flatMap((line) => line.slice(0, line.indexOf('|')).split(' '))

const zones = fc.oneof(
  { weight: 10, arbitrary: fc.constantFrom(...zoneNames) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('', 'UTC', 'Local', 'europe/berlin', 'EST5', '../UTC', '/UTC', 'Europe', '__proto__'),
  },
  { weight: 1, arbitrary: mutated(fc.constantFrom(...zoneNames)) },
)

/** Seconds at which a zone changes, and those about them. */
const nearChange = fc
  .tuple(fc.integer({ min: -60, max: 140 }), fc.integer({ min: 0, max: 366 * 24 * 4 }), fc.integer({ min: -1, max: 1 }))
  .map(
    ([year, quarter, second]) =>
      (BigInt(Date.UTC(1970 + year, 0, 1)) / 1000n + BigInt(quarter * 900 + second)) * 1_000_000_000n,
  )

const odd: fc.Arbitrary<RegoValue> = fc
  .tuple(
    fc.bigInt({ min: -(2n ** 65n), max: 2n ** 65n }),
    fc.constantFrom(
      '.0',
      '.00000000000000000000000001',
      '.5',
      'e0',
      'e-3',
      'e3',
      '000e-3',
      '.99999999999999999999999999',
    ),
  )
  .filter(([whole, tail]) => whole !== 0n || !tail.startsWith('000'))
  .map(([whole, tail]) => new Decimal(`${whole}${tail}`))

const nanoseconds = fc.oneof(
  { weight: 3, arbitrary: timestamps },
  { weight: 3, arbitrary: nearChange },
  { weight: 1, arbitrary: odd },
)

const times: fc.Arbitrary<RegoValue> = fc.oneof(
  { weight: 1, arbitrary: nanoseconds },
  { weight: 8, arbitrary: fc.tuple(nanoseconds, zones) },
  { weight: 1, arbitrary: fc.array(fc.oneof(nanoseconds, zones, anyValue), { maxLength: 4 }) },
)

const said = (name: string, ...args: readonly RegoValue[]): unknown => ours(calendar, name, args)

const MAY_DAY = 1_777_624_200_123_456_789n

describe('time.format', () => {
  it.each<[RegoValue, string | undefined]>([
    [MAY_DAY, '2026-05-01T08:30:00.123456789Z'],
    [[MAY_DAY], '2026-05-01T08:30:00.123456789Z'],
    [[MAY_DAY, 'Europe/Berlin'], '2026-05-01T10:30:00.123456789+02:00'],
    [[MAY_DAY, 'America/New_York', 'RFC850'], 'Friday, 01-May-26 04:30:00 EDT'],
    [[MAY_DAY, 'Asia/Kathmandu', 'Jan _2 06 at 3.04pm -07:00 MST'], 'May  1 26 at 2.15pm +05:45 +0545'],
    [[0, 'Africa/Monrovia', '15:04:05 -07:00:00 MST'], '23:15:30 -00:44:30 MMT'],
    [[-2_208_988_800_000_000_000n, 'Africa/Accra', '15:04:05 Z070000 MST'], '23:59:08 +0000-52 LMT'],
    [[MAY_DAY, 'europe/berlin'], undefined],
    ['2026', undefined],
    [[], undefined],
  ])('of %o is %s', (time, result) => {
    expect(said('time.format', time)).toEqual(result === undefined ? 'undefined' : { result: JSON.stringify(result) })
  })

  it('does as OPA does in all zones', async () => {
    await sameAsOpa(
      calendar,
      'time.format',
      mostly(fc.tuple(nanoseconds, zones, fc.constant('RFC3339Nano -07:00:00 MST'))),
    )
  })

  it('does as OPA does with all layouts', async () => {
    await sameAsOpa(calendar, 'time.format', mostly(fc.tuple(nanoseconds, zones, mutated(layouts))))
  })

  it('does as OPA does with other arguments', () => sameAsOpa(calendar, 'time.format', mostly(times)))
})

describe.each([
  ['time.date', '[2026, 5, 1]'],
  ['time.clock', '[14, 15, 0]'],
  ['time.weekday', '"Friday"'],
])('%s', (name, result) => {
  it('is that of the zone', () => {
    expect(said(name, [MAY_DAY, 'Asia/Kathmandu'])).toEqual({ result })
  })

  it('does as OPA does', () => sameAsOpa(calendar, name, mostly(times)))
})

describe('time.add_date', () => {
  it.each<[string, readonly RegoValue[], string | undefined]>([
    ['a month, to a day that it has not', [1_769_817_600_000_000_000n, 0, 1, 0], '1772496000000000000'],
    ['a day of 23 hours', [[1_774_699_200_000_000_000n, 'Europe/Berlin'], 0, 0, 1], '1774782000000000000'],
    ['beyond the range', [0, 293, 0, 0], undefined],
    ['half a day', [0, 0, 0, 0.5], undefined],
    ['a day, written with a fraction', [0, 0, 0, new Decimal('1.0')], '86400000000000'],
    ['so much that 64 bits overflow', [0, 0, 0, 2n ** 63n - 1n], '-86400000000000'],
  ])('adds %s', (_what, args, result) => {
    expect(said('time.add_date', ...args)).toEqual(result === undefined ? 'undefined' : { result })
  })

  const step = (size: number): fc.Arbitrary<RegoValue> =>
    fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: -size, max: size }) },
      { weight: 1, arbitrary: fc.constantFrom(2n ** 63n - 1n, -(2n ** 63n), 2n ** 62n, -(2n ** 62n), 2n ** 63n) },
      { weight: 1, arbitrary: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n }) },
      { weight: 1, arbitrary: fc.constantFrom(0.5, new Decimal('2.00'), new Decimal('1e1'), new Decimal('-0')) },
    )

  it('does as OPA does', () => sameAsOpa(calendar, 'time.add_date', mostly(times, step(20), step(30), step(400))))
})

describe('time.diff', () => {
  it.each<[RegoValue, RegoValue, string]>([
    [0, MAY_DAY, '[56, 4, 0, 8, 30, 0]'],
    [MAY_DAY, 0, '[56, 4, 0, 8, 30, 0]'],
    [[1_769_904_000_000_000_000n, 'Asia/Tokyo'], [1_772_323_200_000_000_000n, 'UTC'], '[0, 1, 0, 0, 0, 0]'],
  ])('of %o and %o is %s', (a, b, result) => {
    expect(said('time.diff', a, b)).toEqual({ result })
  })

  it('does as OPA does', () => sameAsOpa(calendar, 'time.diff', mostly(times, times)))
})
