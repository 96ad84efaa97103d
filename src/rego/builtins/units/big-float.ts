import { bitsOf } from '../bits-of'
import { nearestQuotient } from '../half-even'

/** A number times a power of two. */
export interface BigFloat {
  readonly mantissa: bigint
  readonly exponent: number
}

const magnitudeOf = (number: bigint): bigint => (number < 0n ? -number : number)

/** Rounds to so many bits, to the nearest and halves to even. */
const rounded = ({ mantissa, exponent }: BigFloat, precision: number): BigFloat => {
  const magnitude = magnitudeOf(mantissa)
  const excess = bitsOf(magnitude) - precision
  if (excess <= 0) return { mantissa, exponent }
  const nearest = nearestQuotient(magnitude, 1n << BigInt(excess))
  return { mantissa: mantissa < 0n ? -nearest : nearest, exponent: exponent + excess }
}

/** The product, rounded to so many bits. */
export const multiply = (a: BigFloat, b: BigFloat, precision: number): BigFloat =>
  rounded({ mantissa: a.mantissa * b.mantissa, exponent: a.exponent + b.exponent }, precision)

const divide = (a: BigFloat, b: BigFloat, precision: number): BigFloat => {
  const more = Math.max(0, precision + 2 + bitsOf(b.mantissa) - bitsOf(magnitudeOf(a.mantissa)))
  const dividend = magnitudeOf(a.mantissa) << BigInt(more)
  // A last bit says that something was left over, so that a half is known from more than a half.
  const quotient = ((dividend / b.mantissa) << 1n) | (dividend % b.mantissa === 0n ? 0n : 1n)
  const exponent = a.exponent - b.exponent - more - 1
  return rounded({ mantissa: a.mantissa < 0n ? -quotient : quotient, exponent }, precision)
}

const PRECISION = 64
const ONE_WORD = 27

/** A power of five, rounded on the way as Go's `big.Float` rounds it. */
const powerOfFive = (power: number): BigFloat => {
  const precision = PRECISION + 64
  let result: BigFloat = { mantissa: 5n ** BigInt(Math.min(power, ONE_WORD)), exponent: 0 }
  let factor: BigFloat = { mantissa: 5n, exponent: 0 }
  for (let rest = power - ONE_WORD; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = multiply(result, factor, precision)
    factor = multiply(factor, factor, precision + 64)
  }
  return result
}

/** A decimal in the 64 bits that Go's `big.Float` keeps of it. */
export const floatOf = (digits: bigint, exponent: number): BigFloat => {
  const whole = { mantissa: digits, exponent }
  if (exponent === 0) return rounded(whole, PRECISION)
  const power = powerOfFive(Math.abs(exponent))
  return exponent < 0 ? divide(whole, power, PRECISION) : multiply(whole, power, PRECISION)
}

/** The integer towards zero. */
export const truncate = ({ mantissa, exponent }: BigFloat): bigint =>
  exponent >= 0 ? mantissa << BigInt(exponent) : mantissa / (1n << BigInt(-exponent))
