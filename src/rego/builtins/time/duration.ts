import { BuiltinRefusal } from '../../builtin'
import { isInt64 } from '../int64'

const UNITS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  '\u00b5s': 1_000n,
  '\u03bcs': 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
}

/** Units that OPA has beside Go's, in hours. */
const LONG_UNITS: Readonly<Record<string, number>> = { d: 24, w: 168, y: 8760 }

const LIMIT = 2n ** 63n

// The text itself may be anything, a secret too, and is not repeated.
const refuse = (): never => {
  throw new BuiltinRefusal('the text is no duration')
}

/**
 * Nanoseconds of `1h30m`, `-1.5s` or `1d12h`; a day has 24 hours and a year 365 days. Source: Go's `time.ParseDuration` and
 * OPA's units d, w and y.
 *
 * @throws `BuiltinRefusal`
 */
export const parseDuration = (text: string): bigint => parseGo(/[dwy]/.test(text) ? inHours(text) : text)

const SEGMENT = /([0-9.]+)(ms|us|\u00b5s|ns|[a-z])/g
const SEGMENTS = /^[-+]?(?:[0-9.]+(?:ms|us|\u00b5s|ns|[a-z]))+$/

const inHours = (text: string): string => {
  if (!SEGMENTS.test(text)) refuse()
  return text.replace(SEGMENT, (segment, digits: string, unit: string) => {
    const hours = LONG_UNITS[unit]
    if (hours === undefined) return segment
    return /^(?:\d+\.?\d*|\.\d+)$/.test(digits) ? `${plain(Number(digits) * hours)}h` : refuse()
  })
}

/** A number without an exponent. One of 22 digits or more is no duration. */
const plain = (value: number): string => {
  if (value >= 1e21) return refuse()
  const [, whole = '', fraction = '', exponent = '0'] = /^(\d)\.?(\d*)e-(\d+)$/.exec(String(value)) ?? []
  return whole === '' ? String(value) : `0.${'0'.repeat(Number(exponent) - 1)}${whole}${fraction}`
}

const parseGo = (text: string): bigint => {
  const unsigned = text.replace(/^[-+]/, '')
  if (unsigned === '0') return 0n
  if (unsigned === '') return refuse()
  const part = /(\d*)(?:\.(\d*))?([^.\d]+)/y
  let sum = 0n
  while (part.lastIndex < unsigned.length) {
    const [, whole = '', fraction = '', unit = ''] = part.exec(unsigned) ?? refuse()
    if (whole === '' && fraction === '') refuse()
    sum += nanosecondsOf(whole, fraction, Object.hasOwn(UNITS, unit) ? (UNITS[unit] ?? refuse()) : refuse())
    if (sum > LIMIT) refuse()
  }
  const value = text.startsWith('-') ? -sum : sum
  return isInt64(value) ? value : refuse()
}

const nanosecondsOf = (whole: string, fraction: string, unit: bigint): bigint => {
  // More than 19 digits behind leading zeros are beyond the limit; they need not be read.
  const digits = whole.replace(/^0+/, '')
  const value = digits.length > 19 ? refuse() : BigInt(digits) * unit
  if (value > LIMIT) refuse()
  const { numerator, scale } = leadingFraction(fraction)
  // In doubles, as Go has it.
  return numerator === 0n ? value : value + BigInt(Math.trunc(Number(numerator) * (Number(unit) / scale)))
}

/** The digits that fit 63 bits; further ones do not count. */
const leadingFraction = (digits: string): { readonly numerator: bigint; readonly scale: number } => {
  let [numerator, scale] = [0n, 1]
  for (const digit of digits) {
    const next = numerator * 10n + BigInt(digit)
    if (numerator > (LIMIT - 1n) / 10n || next > LIMIT) break
    numerator = next
    scale *= 10
  }
  return { numerator, scale }
}
