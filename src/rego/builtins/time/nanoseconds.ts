import { BuiltinRefusal } from '../../builtin'
import { numberText, type RegoNumber } from '../../number'
import { nearestQuotient } from '../half-even'
import { isInt64 } from '../int64'

/** Nanoseconds. */
export const SECOND = 1_000_000_000n

/** Whole seconds since 1970, and the nanoseconds after them. */
export const splitSecond = (nanoseconds: bigint): readonly [unix: number, fraction: bigint] => {
  const fraction = ((nanoseconds % SECOND) + SECOND) % SECOND
  return [Number((nanoseconds - fraction) / SECOND), fraction]
}

/**
 * Nanoseconds since 1970 that 64 bits hold.
 *
 * @throws `BuiltinRefusal` for other ones, or none.
 */
export const inRange = (nanoseconds: bigint | undefined): bigint => {
  if (nanoseconds !== undefined && isInt64(nanoseconds)) return nanoseconds
  throw new BuiltinRefusal('a time before 1677 or after 2262 has no nanoseconds')
}

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
export const nanosecondsOf = (number: RegoNumber): bigint => {
  if (typeof number === 'bigint') return requireInt64(number)
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = NUMBER.exec(numberText(number)) ?? refuse()
  const digits = `${whole}${fraction}`.replace(/^0+/, '')
  if (digits === '') return 0n
  const power = Number(exponent) - fraction.length
  // Of 20 digits or more before the point, or none and a zero behind it: beyond 64 bits, or no integer.
  if (digits.length + power > 19 || digits.length + power < 0) refuse()
  const magnitude = power >= 0 ? BigInt(digits) * 10n ** BigInt(power) : rounded(BigInt(digits), 10n ** BigInt(-power))
  return requireInt64(sign === '-' ? -magnitude : magnitude)
}

const requireInt64 = (value: bigint): bigint => (isInt64(value) ? value : refuse())

/** A quotient with 64 bits, halves to even, where that is an integer. */
const rounded = (numerator: bigint, denominator: bigint): bigint => {
  const whole = numerator / denominator
  const scale = 2n ** BigInt(64 - (whole === 0n ? 0 : whole.toString(2).length))
  const mantissa = nearestQuotient(numerator * scale, denominator)
  return mantissa % scale === 0n && mantissa !== 0n ? mantissa / scale : refuse()
}
