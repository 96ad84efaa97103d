import { BuiltinRefusal } from '../../builtin'
import { isRegoObject, type RegoObject, type RegoValue } from '../../value'
import { readWrittenJson } from '../../written-json'

const EXPONENT = /"[^"\\]*(?:\\.[^"\\]*)*"|(-?[\d.]+)[eE]([-+]?\d+)/g
// OPA takes no number whose power of two is beyond this.
const POWERS_OF_TWO = 100_000

/** True for a number that is beyond OPA's range; what is near zero counts as near. */
const isTooLarge = (digits: string, exponent: string): boolean => {
  const [, whole = '', fraction = ''] = /^-?0*(\d*)\.?(\d*)$/.exec(digits) ?? []
  const written = whole + fraction
  const significant = written.replace(/^0+/, '')
  if (significant === '') return false
  const leading = Number(`0.${significant.slice(0, 15)}`)
  const tens = Number(exponent) + whole.length - (written.length - significant.length)
  // The number is leading x 10^tens; Go's mantissa is at least a half, so the power is one above the floor.
  const power = Math.floor(Math.log2(leading) + tens * Math.log2(10)) + 1
  return power > POWERS_OF_TWO || power < -POWERS_OF_TWO
}

/**
 * The object that a JSON text holds, with numbers as they were written.
 *
 * @throws `BuiltinRefusal` where the text is no JSON, no object, or holds a number beyond OPA's range.
 */
export const jsonObjectOf = (part: string, text: string): RegoObject => {
  let value: RegoValue
  try {
    value = readWrittenJson(text)
  } catch {
    // The text may be a secret and is not repeated.
    throw new BuiltinRefusal(`the ${part} is not JSON`)
  }
  if (!isRegoObject(value)) throw new BuiltinRefusal(`the ${part} is no object`)
  for (const [, digits, exponent] of text.matchAll(EXPONENT))
    if (digits !== undefined && exponent !== undefined && isTooLarge(digits, exponent))
      throw new BuiltinRefusal(`the ${part} holds a number that is too large`)
  return value
}
