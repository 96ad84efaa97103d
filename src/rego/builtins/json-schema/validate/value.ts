import { canonicalText } from '../canonical-text'
import { isOfFormat } from '../format/formats'
import type { Keywords } from '../schema'
import { notConst, notInEnum, wrongFormat } from './failure'
import type { Outcome } from './outcome'
import type { Place } from './place'

/** The keywords for values of any type. */
export const validateValue = ({ values, format }: Keywords, place: Place, outcome: Outcome): void => {
  const { only, oneOf } = values
  const text = only === undefined && oneOf === undefined ? '' : canonicalText(place.value)
  if (only !== undefined && text !== only) outcome.fail(place, notConst(place.field, only))
  if (oneOf !== undefined && !oneOf.includes(text)) outcome.fail(place, notInEnum(place.field, oneOf))
  if (format !== undefined && typeof place.value === 'string' && !isOfFormat(format, place.value))
    outcome.fail(place, wrongFormat(format))
  outcome.pass()
}
