import fc from 'fast-check'
import { formatTime } from '../../../src/rego/builtins/time/format-time'
import type { RegoValue } from '../../../src/rego/value'

const NAMES = [
  'ANSIC',
  'UnixDate',
  'RubyDate',
  'RFC822',
  'RFC822Z',
  'RFC850',
  'RFC1123',
  'RFC1123Z',
  'RFC3339',
  'RFC3339Nano',
]

const DATES = [
  '2006-01-02',
  '2006-1-2',
  '02 Jan 06',
  'Monday, January 2 2006',
  'Mon Jan _2 2006',
  '2006 002',
  '2006__2',
]
const CLOCKS = [
  '15:04:05',
  '15:04',
  '3:04PM',
  '03:04:05pm',
  '3:4:5 pm',
  '15:04:05.000',
  '15:04:05.999999999',
  '15:4:05,00',
  '150405',
]
const ZONES = [
  '',
  'Z07:00',
  'Z0700',
  'Z07',
  'Z070000',
  'Z07:00:00',
  '-07:00',
  '-0700',
  '-07',
  '-070000',
  '-07:00:00',
  'MST',
  'MST -0700',
]
const ELEMENTS = [
  ...'2006 06 Jan January 1 01 Mon Monday 2 _2 02 __2 002 15 3 03 4 04 5 05 PM pm MST _2006 January2 Month Monk'.split(
    ' ',
  ),
  ...'.0 .000000000 .0000000000000 .9 ,999 .99999999999 .0009 .01 -07 Z07:00'.split(' '),
]

/** Layouts: those with names, sensible ones, and any elements in a row. */
export const layouts: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...NAMES),
  fc
    .tuple(
      fc.constantFrom(...DATES),
      fc.constantFrom('T', ' ', '  ', '\u00e9'),
      fc.constantFrom(...CLOCKS),
      fc.constantFrom('', ' '),
      fc.constantFrom(...ZONES),
    )
    .map((parts) => parts.join('')),
  fc
    .array(fc.tuple(fc.constantFrom(...ELEMENTS), fc.constantFrom('', ' ', '-', ':', 'x')), {
      minLength: 1,
      maxLength: 5,
    })
    .map((pieces) => pieces.flat().join('')),
)

const abbreviations = fc.constantFrom(
  'UTC',
  'CET',
  'CEST',
  'GMT',
  'GMT+3',
  'GMT-24',
  'WITA',
  'ChST',
  '+03',
  '-99',
  'ABCDE',
  'ABCDT',
  'XY',
)

/** Times as one of our layouts writes them. */
export const timeTexts = (layoutsToUse: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(
      layoutsToUse,
      fc.oneof(fc.integer({ min: -9_300_000_000, max: 9_300_000_000 }), fc.integer({ min: -(2 ** 36), max: 2 ** 37 })),
      fc.oneof(fc.constant(0), fc.nat({ max: 999_999_999 })),
      fc.constantFrom(0, 3600, -34_200, 53, -52, 20_700, -1),
      abbreviations,
    )
    .map(([layout, unix, nanosecond, offset, abbreviation]) =>
      formatTime({ reading: new Date(unix * 1000), nanosecond, offset, abbreviation }, layout),
    )

const units = fc.constantFrom('ns', 'us', '\u00b5s', '\u03bcs', 'ms', 's', 'm', 'h', 'd', 'w', 'y', 'q')
const amounts = fc.oneof(
  fc.nat({ max: 100 }).map(String),
  fc.bigInt({ min: 0n, max: 2n ** 66n }).map(String),
  fc.tuple(fc.nat({ max: 999 }), fc.bigInt({ min: 0n, max: 2n ** 70n })).map(([whole, part]) => `${whole}.${part}`),
  fc.constantFrom(
    '0',
    '.5',
    '5.',
    '0.0000000001',
    '00000000000000000000001',
    '2562047.788015215',
    '106751.99',
    '.',
    '1.2.3',
  ),
)

/** Durations with all units. */
export const durations: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom('', '', '-', '+'), fc.array(fc.tuple(amounts, units), { maxLength: 3 }))
  .map(([sign, parts]) => sign + parts.flat().join(''))

/** Nanoseconds over the whole range and about now, and numbers that are none. */
export const timestamps: fc.Arbitrary<RegoValue> = fc.oneof(
  { weight: 4, arbitrary: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }) },
  { weight: 4, arbitrary: fc.bigInt({ min: 0n, max: 4_102_444_800_000_000_000n }) },
  { weight: 1, arbitrary: fc.integer() },
  { weight: 1, arbitrary: fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n }) },
)
