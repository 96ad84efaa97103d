import { BuiltinRefusal } from '../builtin'
import { int64Of, integerOf, isNumber } from '../number'
import { isRegoArray, isRegoObject, RegoMap, type RegoObject, RegoSet, type RegoValue, typeName } from '../value'

type Operand = RegoValue | undefined

/** Refuses an operand that is not of an expected type. */
export const refuseOperand = (position: number, expected: string, got: Operand): never => {
  throw new BuiltinRefusal(
    `operand ${position} must be ${expected} but got ${got === undefined ? 'none' : typeName(got)}`,
  )
}

export const stringOperand = (value: Operand, position: number): string =>
  typeof value === 'string' ? value : refuseOperand(position, 'string', value)

export const arrayOperand = (value: Operand, position: number): readonly RegoValue[] =>
  isRegoArray(value) ? value : refuseOperand(position, 'array', value)

/** True for an object of either kind. */
export const isObject = (value: Operand): value is RegoObject | RegoMap =>
  isRegoObject(value) || value instanceof RegoMap

export const objectOperand = (value: Operand, position: number): RegoObject | RegoMap =>
  isObject(value) ? value : refuseOperand(position, 'object', value)

/** The elements of an array or the members of a set; undefined for any other value. */
export const membersOf = (value: Operand): readonly RegoValue[] | undefined =>
  value instanceof RegoSet ? value.members : isRegoArray(value) ? value : undefined

export const membersOperand = (value: Operand, position: number): readonly RegoValue[] =>
  membersOf(value) ?? refuseOperand(position, 'array or set', value)

/** An integer of 64 bits. `1.0` is one, `1e0` is not: OPA reads the text, not the value. */
export const int64Operand = (value: Operand, position: number): bigint => {
  if (!isNumber(value)) return refuseOperand(position, 'number', value)
  return int64Of(value) ?? refuseOperand(position, 'integer number', value)
}

/** An integer of any size, in any way that it can be written. */
export const integerOperand = (value: Operand, position: number): bigint => {
  if (!isNumber(value)) return refuseOperand(position, 'integer', value)
  return integerOf(value) ?? refuseOperand(position, 'integer number', value)
}

/** The texts of an array or a set. */
export const stringsOperand = (value: Operand, position: number): readonly string[] => {
  const members = membersOf(value)
  const texts = members?.filter((member) => typeof member === 'string')
  if (members === undefined || texts === undefined || texts.length !== members.length) {
    return refuseOperand(position, 'array or set of strings', value)
  }
  return texts
}
