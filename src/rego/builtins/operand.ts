import { BuiltinRefusal } from '../builtin'
import { int64Of, integerOf, isNumber } from '../number'
import { isRegoArray, RegoSet, type RegoValue, typeName } from '../value'

type Operand = RegoValue | undefined

const refuse = (position: number, expected: string, got: Operand): never => {
  throw new BuiltinRefusal(
    `operand ${position} must be ${expected} but got ${got === undefined ? 'none' : typeName(got)}`,
  )
}

export const stringOperand = (value: Operand, position: number): string =>
  typeof value === 'string' ? value : refuse(position, 'string', value)

export const arrayOperand = (value: Operand, position: number): readonly RegoValue[] =>
  isRegoArray(value) ? value : refuse(position, 'array', value)

/** An integer of 64 bits. `1.0` is one, `1e0` is not: OPA reads the text, not the value. */
export const int64Operand = (value: Operand, position: number): bigint => {
  if (!isNumber(value)) return refuse(position, 'number', value)
  return int64Of(value) ?? refuse(position, 'integer number', value)
}

/** An integer of any size, in any way that it can be written. */
export const integerOperand = (value: Operand, position: number): bigint => {
  if (!isNumber(value)) return refuse(position, 'integer', value)
  return integerOf(value) ?? refuse(position, 'integer number', value)
}

/** The texts of an array or a set. */
export const stringsOperand = (value: Operand, position: number): readonly string[] => {
  const members = value instanceof RegoSet ? value.members : isRegoArray(value) ? value : undefined
  const texts = members?.filter((member) => typeof member === 'string')
  if (members === undefined || texts === undefined || texts.length !== members.length) {
    return refuse(position, 'array or set of strings', value)
  }
  return texts
}
