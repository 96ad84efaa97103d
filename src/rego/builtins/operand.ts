import { BuiltinRefusal } from '../builtin'
import { isNumber, numberText } from '../number'
import type { RegoValue } from '../value'

/** An argument that must be a string, as OPA's `builtins.StringOperand` reads it. */
export const stringOperand = (value: RegoValue | undefined, position: number): string => {
  if (typeof value === 'string') return value
  throw new BuiltinRefusal(`operand ${position} must be a string`)
}

const INTEGER = /^[+-]?(?=.{1,19}$)(\d*)(?:\.0*)?$/
const INT64 = 2n ** 63n

/** True for what 64 bits with a sign can hold. */
export const isInt64 = (value: bigint): boolean => value >= -INT64 && value < INT64

/** An argument that must be an integer of 64 bits, as OPA's `builtins.IntOperand` reads it: `1.0` is one, `1e3` is not. */
export const intOperand = (value: RegoValue | undefined, position: number): bigint => {
  if (!isNumber(value)) throw new BuiltinRefusal(`operand ${position} must be a number`)
  const text = numberText(value)
  const digits = INTEGER.exec(text)?.[1]
  const integer = digits === undefined ? undefined : BigInt(digits) * (text.startsWith('-') ? -1n : 1n)
  if (integer === undefined || !isInt64(integer)) {
    throw new BuiltinRefusal(`operand ${position} must be an integer of 64 bits`)
  }
  return integer
}
