import {
  type Digits,
  general,
  rounded,
  shorter,
  shortest,
  signed,
  trimmed,
  withExponent,
  withoutExponent,
} from '../float-digits'
import { nearestQuotient } from '../half-even'

/** How a double is written: `b` and `x` by powers of two, `e` with an exponent, `f` without, `g` as the shorter of the two. */
export type FloatVerb = 'b' | 'e' | 'E' | 'f' | 'g' | 'G' | 'x' | 'X'

/** A finite double as a whole number times a power of two. */
interface Binary {
  readonly mantissa: bigint
  readonly exponent: number
}

const binaryOf = (magnitude: number): Binary => {
  const bits = new DataView(new ArrayBuffer(8))
  bits.setFloat64(0, magnitude)
  const stored = bits.getBigUint64(0)
  const [exponent, fraction] = [Number(stored >> 52n), stored & ((1n << 52n) - 1n)]
  return exponent === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | (1n << 52n), exponent: exponent - 1075 }
}

/** All digits: a double is a decimal with at most 767 of them. */
const exact = (magnitude: number): Digits => {
  const { mantissa, exponent } = binaryOf(magnitude)
  if (mantissa === 0n) return { digits: '', point: 0 }
  const shifted = exponent < 0 ? mantissa * 5n ** BigInt(-exponent) : mantissa << BigInt(exponent)
  const digits = String(shifted)
  return trimmed(digits, digits.length + Math.min(exponent, 0))
}

const inDecimal = (magnitude: number, verb: FloatVerb, precision: number | undefined): string => {
  const all = precision === undefined ? shortest(magnitude) : exact(magnitude)
  switch (verb) {
    case 'e':
    case 'E': {
      const places = precision ?? Math.max(all.digits.length - 1, 0)
      return withExponent(rounded(all, places + 1), places, verb)
    }
    case 'f': {
      const places = precision ?? Math.max(all.digits.length - all.point, 0)
      return withoutExponent(rounded(all, all.point + places), places)
    }
    default: {
      const letter = verb === 'g' ? 'e' : 'E'
      if (precision === undefined) return general(all, letter)
      const places = precision === 0 ? 1 : precision
      const digits = rounded(all, places)
      const { length } = digits.digits
      return shorter(digits, places, places > length && length >= digits.point ? length : places, letter)
    }
  }
}

const inBinary = (magnitude: number): string => {
  const { mantissa, exponent } = binaryOf(magnitude)
  return `${mantissa}p${exponent < 0 ? '' : '+'}${exponent}`
}

const inHex = (magnitude: number, precision: number | undefined): string => {
  const { mantissa, exponent } = binaryOf(magnitude)
  if (mantissa === 0n) return `0x0${precision === undefined || precision === 0 ? '' : `.${'0'.repeat(precision)}`}p+00`
  const bits = mantissa.toString(2).length
  // One bit before the point, thirteen hexadecimal digits behind it.
  let fraction = mantissa << BigInt(53 - bits)
  let power = exponent + bits - 1
  if (precision !== undefined && precision < 13) {
    const cut = BigInt(4 * (13 - precision))
    fraction = nearestQuotient(fraction, 1n << cut) << cut
    if (fraction >> 53n === 1n) {
      fraction >>= 1n
      power += 1
    }
  }
  const digits = (fraction & ((1n << 52n) - 1n)).toString(16).padStart(13, '0')
  const shown =
    precision === undefined ? digits.replace(/0+$/, '') : digits.slice(0, Math.max(0, precision)).padEnd(precision, '0')
  return `0x1${shown === '' ? '' : `.${shown}`}p${signed(power)}`
}

/**
 * A finite double as Go writes it; without a precision by the fewest digits that say it all. Source: Go's
 * `strconv.FormatFloat`.
 */
export const floatText = (value: number, verb: FloatVerb, precision: number | undefined): string => {
  const magnitude = Math.abs(value)
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  if (verb === 'b') return sign + inBinary(magnitude)
  if (verb === 'x') return sign + inHex(magnitude, precision)
  if (verb === 'X') return sign + inHex(magnitude, precision).toUpperCase()
  return sign + inDecimal(magnitude, verb, precision)
}
