import type { StringKeywords } from '../schema'
import { longString, shortString, wrongPattern } from './failure'
import type { Outcome } from './outcome'
import type { Place } from './place'

const lengthOf = (text: string): bigint => {
  let length = 0n
  for (const _character of text) length += 1n
  return length
}

export const validateString = (
  { minLength, maxLength, pattern }: StringKeywords,
  place: Place,
  instance: string,
  outcome: Outcome,
): void => {
  const length = minLength === undefined && maxLength === undefined ? 0n : lengthOf(instance)
  if (minLength !== undefined && length < minLength) outcome.fail(place, shortString(minLength))
  if (maxLength !== undefined && length > maxLength) outcome.fail(place, longString(maxLength))
  if (pattern !== undefined && !pattern.compiled.matches.test(instance))
    outcome.fail(place, wrongPattern(pattern.written))
  outcome.pass()
}
