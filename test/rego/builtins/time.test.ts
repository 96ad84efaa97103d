import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { time } from '../../../src/rego/builtins/time'
import { randomFrom } from '../../../src/rego/random'
import { mostly, ours, type Said, sameAsOpa } from './against-opa'
import { mutated } from './texts'
import { durations, layouts, timeTexts } from './times'

const said = (name: string, ...args: readonly string[]): Said => ours(time, name, args)

describe('time.now_ns', () => {
  it('is the time of the evaluation', () => {
    expect(time['time.now_ns']?.({ now: 5n, random: randomFrom(0), memo: new Map() })).toBe(5n)
  })

  it('is refused where none was given', () => {
    expect(() => time['time.now_ns']?.({ random: randomFrom(0), memo: new Map() })).toThrow('`now` was not given')
  })
})

describe('time.parse_rfc3339_ns', () => {
  it.each([
    ['1970-01-01T00:00:00Z', '0'],
    ['2026-05-01T08:30:00.123456789+02:00', '1777617000123456789'],
    ['2262-04-11T23:47:16.854775807Z', '9223372036854775807'],
    ['1677-09-21T00:12:43.145224192Z', '-9223372036854775808'],
    ['2024-02-29T00:00:00,5Z', '1709164800500000000'],
  ])('%s is %s', (text, result) => {
    expect(said('time.parse_rfc3339_ns', text)).toEqual({ result })
  })

  it.each(['2026-02-29T00:00:00Z', '2262-04-11T23:47:16.854775808Z', '2026-05-01', '2026-05-01T08:30:00', ''])(
    '%j is refused',
    (text) => {
      expect(said('time.parse_rfc3339_ns', text)).toBe('undefined')
    },
  )

  it('does as OPA does', () =>
    sameAsOpa(time, 'time.parse_rfc3339_ns', mostly(mutated(timeTexts(fc.constant('RFC3339'))))))
})

describe('time.parse_ns', () => {
  it.each([
    ['2006-01-02', '2026-05-01', '1777593600000000000'],
    ['RFC1123', 'Fri, 01 May 2026 08:30:00 CET', '1777624200000000000'],
    ['Jan _2 2006 3:04pm', 'may  1 2026 8:30pm', '1777667400000000000'],
    ['2006 002', '2024 060', '1709164800000000000'],
    ['06-1-2', '69-1-1', '-31536000000000000'],
    ['06-1-2 -0700', '70-1-1 -0130', '5400000000000'],
    ['2006 15:04:05.000', '1970 00:00:01.5', undefined],
    ['2006 15:04:05', '1970 00:00:01.5', '1500000000'],
  ])('%s of %s is %s', (layout, text, result) => {
    expect(said('time.parse_ns', layout, text)).toEqual(result === undefined ? 'undefined' : { result })
  })

  it('does as OPA does', () =>
    sameAsOpa(
      time,
      'time.parse_ns',
      layouts.chain((layout) => mostly(fc.constant(layout), mutated(timeTexts(fc.constant(layout))))),
    ))

  it('does as OPA does with changed layouts', () =>
    sameAsOpa(
      time,
      'time.parse_ns',
      layouts.chain((layout) => mostly(mutated(fc.constant(layout)), timeTexts(fc.constant(layout)))),
    ))
})

describe('time.parse_duration_ns', () => {
  it.each([
    ['1h30m', '5400000000000'],
    ['-1.5s', '-1500000000'],
    ['1d12h', '129600000000000'],
    ['1y', '31536000000000000'],
    ['0.000000001d', '86400'],
    ['\u00b5s', undefined],
    ['1\u00b5s', '1000'],
    ['1', undefined],
    ['-9223372036854775808ns', '-9223372036854775808'],
    ['9223372036854775808ns', undefined],
  ])('%s is %s', (text, result) => {
    expect(said('time.parse_duration_ns', text)).toEqual(result === undefined ? 'undefined' : { result })
  })

  it('does as OPA does', () => sameAsOpa(time, 'time.parse_duration_ns', mostly(mutated(durations))))
})
