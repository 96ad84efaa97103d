import { BuiltinRefusal } from '../../../builtin'
import { compareNumbers, type RegoNumber } from '../../../number'
import { isMultiple, isRational } from '../rational'
import { rationalText } from '../rational-text'
import type { NumberKeywords } from '../schema'
import { greater, less, noMultiple, notGreater, notLess } from './failure'
import type { Outcome } from './outcome'
import type { Place } from './place'

export const validateNumber = (
  keywords: NumberKeywords,
  place: Place,
  instance: RegoNumber,
  outcome: Outcome,
): void => {
  const { multipleOf, maximum, exclusiveMaximum, minimum, exclusiveMinimum } = keywords
  // OPA fails at such a number too.
  if (!isRational(instance) && Object.values(keywords).some((limit) => limit !== undefined))
    throw new BuiltinRefusal('a number is too large')
  if (multipleOf !== undefined && !isMultiple(instance, multipleOf))
    outcome.fail(place, noMultiple(rationalText(multipleOf)))
  if (maximum !== undefined && compareNumbers(instance, maximum) > 0)
    outcome.fail(place, greater(rationalText(maximum)))
  if (exclusiveMaximum !== undefined && compareNumbers(instance, exclusiveMaximum) >= 0)
    outcome.fail(place, notLess(rationalText(exclusiveMaximum)))
  if (minimum !== undefined && compareNumbers(instance, minimum) < 0) outcome.fail(place, less(rationalText(minimum)))
  if (exclusiveMinimum !== undefined && compareNumbers(instance, exclusiveMinimum) <= 0)
    outcome.fail(place, notGreater(rationalText(exclusiveMinimum)))
  outcome.pass()
}
