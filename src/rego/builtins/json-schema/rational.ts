import { compareNumbers, decimalParts, numberText, type RegoNumber } from '../../number'

const EXPONENT = /^-?\d+(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/

// Beyond these powers of ten OPA reads a number of JSON as none.
const LARGEST_EXPONENT = 1_000_000
const INT64 = 2n ** 63n

/** True for a number that OPA can calculate with. Source: Go's `Rat.SetString`. */
export const isRational = (value: RegoNumber): boolean => {
  const [, fraction = '', exponent = '0'] = EXPONENT.exec(numberText(value)) ?? []
  if (BigInt(exponent) >= INT64 || BigInt(exponent) < -INT64) return false
  return decimalParts(value).digits === '' || Math.abs(Number(exponent) - fraction.length) <= LARGEST_EXPONENT
}

/** True for a number without a fraction, however it is written. */
export const isInteger = (value: RegoNumber): boolean => {
  const { digits, point } = decimalParts(value)
  return isRational(value) && (digits === '' || point >= digits.length)
}

const power = (base: bigint, exponent: number, modulus: bigint): bigint => {
  let [result, square] = [1n % modulus, base % modulus]
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

/** True where a number is a whole number of times another, which is positive. */
export const isMultiple = (value: RegoNumber, of: RegoNumber): boolean => {
  const [number, unit] = [decimalParts(value), decimalParts(of)]
  if (number.digits === '') return true
  const [digits, divisor] = [BigInt(number.digits), BigInt(unit.digits)]
  // The quotient is digits / divisor x 10^tens, and as decimals are kept no digits end in zero.
  const tens = number.point - number.digits.length - (unit.point - unit.digits.length)
  return tens >= 0 && (digits * power(10n, tens, divisor)) % divisor === 0n
}

export const isPositive = (value: RegoNumber): boolean => compareNumbers(value, 0) > 0
