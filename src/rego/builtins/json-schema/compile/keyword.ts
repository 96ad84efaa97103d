import { isNumber, numberText, type RegoNumber } from '../../../number'
import { isRegoArray, memberOf, type RegoObject, type RegoValue } from '../../../value'
import { isRational } from '../rational'
import { refuseNegative, refuseNotAn, refuseType } from './invalid-schema'

// Each gives what a keyword of a schema says, or undefined where the schema has it not, and refuses what it cannot say.

export const anyKeyword = (schema: RegoObject, keyword: string, absent: RegoValue): RegoValue => {
  const value = memberOf(schema, keyword)
  return value === undefined ? absent : value
}

export const stringKeyword = (schema: RegoObject, keyword: string): string | undefined => {
  const value = memberOf(schema, keyword)
  return value === undefined || typeof value === 'string' ? value : refuseType('string', keyword)
}

export const listKeyword = (schema: RegoObject, keyword: string): readonly RegoValue[] | undefined => {
  const value = memberOf(schema, keyword)
  return value === undefined || isRegoArray(value) ? value : refuseNotAn(keyword, 'array')
}

const integerOf = (value: RegoValue): bigint | undefined => {
  if (!isNumber(value)) return undefined
  const text = numberText(value)
  const integer = /^-?\d+$/.test(text) ? BigInt(text) : undefined
  return integer !== undefined && BigInt.asIntN(64, integer) === integer ? integer : undefined
}

/** A whole number written without a point or an exponent. */
export const countKeyword = (schema: RegoObject, keyword: string): bigint | undefined => {
  const value = memberOf(schema, keyword)
  if (value === undefined) return undefined
  const count = integerOf(value) ?? refuseNotAn(keyword, 'integer')
  return count < 0n ? refuseNegative(keyword) : count
}

/** What refuses a value that is no number says so itself. */
export const numberKeyword = (
  schema: RegoObject,
  keyword: string,
  refuse: (keyword: string) => never,
): RegoNumber | undefined => {
  const value = memberOf(schema, keyword)
  if (value === undefined) return undefined
  return isNumber(value) && isRational(value) ? value : refuse(keyword)
}
