import { BuiltinRefusal } from '../../../builtin'

/** Thrown where a schema is none, with what OPA says of it. */
export class InvalidSchema extends BuiltinRefusal {}

const invalid = (says: string): never => {
  throw new InvalidSchema(says)
}

// The texts are those of OPA's `gojsonschema`, locales.go, slips and all.

export const refuseType = (expected: string, given: string): never =>
  invalid(`Invalid type. Expected: ${expected}, given: ${given}`)
export const refuseNoSchema = (): never => invalid('Expected: Valid Schema, given: Invalid JSON')
export const refuseRoot = (): never => invalid('schema is invalid')
export const refuseNot = (keyword: string, type: string): never => invalid(`${keyword} must be of type ${type}`)
export const refuseNotA = (keyword: string, type: string): never => invalid(`${keyword} must be of a ${type}`)
export const refuseNotAn = (keyword: string, type: string): never => invalid(`${keyword} must be of an ${type}`)
export const refuseUnknownType = (type: string, types: readonly string[]): never =>
  invalid(`has a primitive type that is NOT VALID -- given: /${type}/ Expected valid values are:[${types.join(' ')}]`)
export const refuseTypeTwice = (type: string): never => invalid(`${type} type is duplicated`)
export const refuseRepetition = (keyword: string): never => invalid(`${keyword} items must be unique`)
export const refuseNegative = (keyword: string): never => invalid(`${keyword} must be greater than or equal to 0`)
export const refuseNotPositive = (keyword: string): never => invalid(`${keyword} must be strictly greater than 0`)
export const refuseGreater = (least: string, most: string): never => invalid(`${least} cannot be greater than ${most}`)
export const refuseAlone = (keyword: string, other: string): never =>
  invalid(`${keyword} cannot be used without ${other}`)
export const refusePattern = (keyword: string): never => invalid(`${keyword} must be a valid regex`)
export const refusePropertyPattern = (pattern: string): never => invalid(`Invalid regex pattern '${pattern}'`)
export const refuseUri = (quoted: string, reason: string): never => invalid(`parse ${quoted}: ${reason}`)
export const refuseSecond = (reference: string): never => invalid(`Reference already exists: "${reference}"`)
export const refuseRelative = (reference: string): never => invalid(`Reference ${reference} must be canonical`)
export const refuseRemote = (reference: string): never => invalid(`remote reference loading disabled: ${reference}`)
export const refuseFileName = (quoted: string): never => invalid(`invalid URL escape ${quoted}`)
export const refuseKey = (key: string): never => invalid(`Object has no key '${key}'`)
export const refuseIndex = (index: string): never => invalid(`Invalid array index '${index}'`)
export const refuseBeyond = (length: number, index: bigint): never =>
  invalid(`Out of bound array[0,${length}] index '${index}'`)
export const refuseStep = (token: string): never => invalid(`Invalid token reference '${token}'`)
export const refuseLarge = (number: string): never =>
  invalid(`json: cannot unmarshal number ${number} into Go value of type float64`)
export const refuseLiteral = (number: string): never => invalid(`json: invalid number literal "${number}"`)
export const refuseText = (): never => invalid('invalid JSON string')
export const refuseScalar = (): never => invalid('wrong type, expected string or object')
