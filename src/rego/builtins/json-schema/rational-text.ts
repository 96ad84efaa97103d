import { decimalParts, type RegoNumber } from '../../number'
import { bitsOf } from '../bits-of'
import { type Digits, general, rounded, roundedUp, trimmed } from '../float-digits'
import { nearestQuotient } from '../half-even'

/** A whole number times a power of two that is not positive. */
interface Binary {
  readonly mantissa: bigint
  readonly exponent: number
}

// What Go's `big.Float` has at least.
const LEAST_PRECISION = 64

/** The float that Go makes of a fraction: with as many bits as the longer of its numbers has. */
const floatOf = (numerator: bigint, denominator: bigint): Binary => {
  const [above, below] = [bitsOf(numerator), bitsOf(denominator)]
  const precision = Math.max(above, below, LEAST_PRECISION)
  const quotient = (shift: number): bigint =>
    shift < 0
      ? nearestQuotient(numerator, denominator << BigInt(-shift))
      : nearestQuotient(numerator << BigInt(shift), denominator)
  const shift = precision - above + below
  // One bit more than that many, or as many.
  const long = quotient(shift)
  const mantissa = bitsOf(long) > precision ? quotient(shift - 1) : long
  return { mantissa, exponent: bitsOf(long) > precision ? 1 - shift : -shift }
}

const decimalOf = ({ mantissa, exponent }: Binary): Digits => {
  const digits = String(mantissa * 5n ** BigInt(-exponent))
  return trimmed(digits, digits.length + exponent)
}

/** The fewest digits that are nearer to a float than to the next ones. Source: Go's `big.Float`, ftoa.go. */
const shortest = (float: Binary): Digits => {
  const exact = decimalOf(float)
  const half = float.exponent - 1
  const lower = decimalOf({ mantissa: float.mantissa * 2n - 1n, exponent: half }).digits
  const upper = decimalOf({ mantissa: float.mantissa * 2n + 1n, exponent: half }).digits
  const isInclusive = float.mantissa % 2n === 0n
  for (const [at, digit] of Array.from(exact.digits).entries()) {
    const [below, above] = [lower.charAt(at) || '0', upper.charAt(at) || '0']
    const down = below !== digit || (isInclusive && at + 1 === lower.length)
    const up = digit !== above && (isInclusive || Number(digit) + 1 < Number(above) || at + 1 < upper.length)
    if (down && up) return rounded(exact, at + 1)
    if (down) return trimmed(exact.digits.slice(0, at + 1), exact.point)
    if (up) return roundedUp(exact, at + 1)
  }
  return exact
}

/** A fraction in lowest terms: decimals have denominators of twos and fives alone. */
const reduced = (digits: bigint, places: number): readonly [numerator: bigint, denominator: bigint] => {
  let numerator = digits
  let [twos, fives] = [places, places]
  for (; twos > 0 && numerator % 2n === 0n; twos -= 1) numerator /= 2n
  for (; fives > 0 && numerator % 5n === 0n; fives -= 1) numerator /= 5n
  return [numerator, (5n ** BigInt(fives)) << BigInt(twos)]
}

/** A number as Go prints the `big.Float` of it. */
export const rationalText = (value: RegoNumber): string => {
  const { negative, digits, point } = decimalParts(value)
  const places = digits.length - point
  const shown = places <= 0 ? { digits, point } : shortest(floatOf(...reduced(BigInt(digits), places)))
  return `${negative ? '-' : ''}${general(shown, 'e')}`
}
