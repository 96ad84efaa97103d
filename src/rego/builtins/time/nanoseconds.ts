import { BuiltinRefusal } from '../../builtin'
import { numberText, type RegoNumber } from '../../number'
import { isInt64 } from '../int64'

const refuse = (): never => {
  throw new BuiltinRefusal('a time must be an integer of 64 bits')
}

const NUMBER = /^(-?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/

/**
 * A number as nanoseconds. Like OPA, which reads it as a float with 64 bits of mantissa: `1e18` and `1.0` are integers, and so
 * is what rounds to one.
 *
 * @throws `BuiltinRefusal` where it is no integer of 64 bits.
 */
export const timestampOf = (number: RegoNumber): bigint => {
  if (typeof number === 'bigint') return inRange(number)
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = NUMBER.exec(numberText(number)) ?? refuse()
  const digits = `${whole}${fraction}`.replace(/^0+/, '')
  if (digits === '') return 0n
  const power = Number(exponent) - fraction.length
  // Of 20 digits or more before the point, or none and a zero behind it: beyond 64 bits, or no integer.
  if (digits.length + power > 19 || digits.length + power < 0) refuse()
  const magnitude = power >= 0 ? BigInt(digits) * 10n ** BigInt(power) : rounded(BigInt(digits), 10n ** BigInt(-power))
  return inRange(sign === '-' ? -magnitude : magnitude)
}

const inRange = (value: bigint): bigint => (isInt64(value) ? value : refuse())

/** A quotient with 64 bits, halves to even, where that is an integer. */
const rounded = (numerator: bigint, denominator: bigint): bigint => {
  const whole = numerator / denominator
  const scale = 2n ** BigInt(64 - (whole === 0n ? 0 : whole.toString(2).length))
  const [quotient, rest] = [(numerator * scale) / denominator, (numerator * scale) % denominator]
  const up = rest * 2n > denominator || (rest * 2n === denominator && quotient % 2n === 1n)
  const mantissa = up ? quotient + 1n : quotient
  return mantissa % scale === 0n && mantissa !== 0n ? mantissa / scale : refuse()
}
