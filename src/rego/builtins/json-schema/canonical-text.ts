import { Decimal, isNumber, numberText } from '../../number'
import { entriesOf, isRegoArray, isRegoObject, type RegoValue } from '../../value'
import { jsonText } from '../json-text'
import { refuseLarge } from './compile/invalid-schema'

/** Numbers as the nearest doubles, in which OPA compares them. */
const withDoubles = (value: RegoValue): RegoValue => {
  if (isNumber(value)) {
    const double = Number(value)
    if (!Number.isFinite(double)) return refuseLarge(numberText(value))
    return Object.is(double, -0) ? new Decimal('-0') : double
  }
  if (isRegoArray(value)) return value.map(withDoubles)
  if (!isRegoObject(value)) return value
  return Object.fromEntries(entriesOf(value).map(([key, member]) => [String(key), withDoubles(member)]))
}

/**
 * A text that equal values of JSON share.
 *
 * @throws `InvalidSchema` where a number is beyond doubles.
 */
export const canonicalText = (value: RegoValue): string => jsonText(withDoubles(value))
