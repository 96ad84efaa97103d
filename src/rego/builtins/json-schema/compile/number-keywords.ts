import { isNumber, type RegoNumber } from '../../../number'
import { memberOf, type RegoObject } from '../../../value'
import { isPositive, isRational } from '../rational'
import type { NumberKeywords } from '../schema'
import { type Draft, HYBRID } from './draft'
import { refuseAlone, refuseNotA, refuseNotPositive, refuseType } from './invalid-schema'
import { numberKeyword } from './keyword'

interface Bound {
  readonly inclusive: RegoNumber | undefined
  readonly exclusive: RegoNumber | undefined
}

const multipleOf = (schema: RegoObject): RegoNumber | undefined => {
  const unit = numberKeyword(schema, 'multipleOf', (keyword) => refuseType('Number', keyword))
  return unit === undefined || isPositive(unit) ? unit : refuseNotPositive('multipleOf')
}

/** Draft 4 says by true or false whether a bound is exclusive, later ones have the bound itself; hybrids may have either. */
const boundOf = (schema: RegoObject, draft: Draft, keyword: string, exclusiveKeyword: string): Bound => {
  const inclusive = numberKeyword(schema, keyword, (name) => refuseNotA(name, 'Number'))
  const written = memberOf(schema, exclusiveKeyword)
  if (written === undefined) return { inclusive, exclusive: undefined }
  if (typeof written === 'boolean' && (draft === 4 || draft === HYBRID)) {
    if (inclusive === undefined) return refuseAlone(exclusiveKeyword, keyword)
    return written ? { inclusive: undefined, exclusive: inclusive } : { inclusive, exclusive: undefined }
  }
  if (draft === 4) return refuseType('boolean', exclusiveKeyword)
  if (isNumber(written)) return { inclusive, exclusive: isRational(written) ? written : undefined }
  return refuseType(draft === HYBRID ? 'boolean/number' : 'number', exclusiveKeyword)
}

/** The keywords for numbers. */
export const numberKeywords = (schema: RegoObject, draft: Draft): NumberKeywords => {
  const unit = multipleOf(schema)
  const least = boundOf(schema, draft, 'minimum', 'exclusiveMinimum')
  const most = boundOf(schema, draft, 'maximum', 'exclusiveMaximum')
  return {
    multipleOf: unit,
    minimum: least.inclusive,
    exclusiveMinimum: least.exclusive,
    maximum: most.inclusive,
    exclusiveMaximum: most.exclusive,
  }
}
