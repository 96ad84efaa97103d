import type { RegoValue } from '../../../value'
import { canonicalText } from '../canonical-text'
import type { ItemKeywords, Keywords, Subschema } from '../schema'
import { additionalItems, containsNone, fewItems, manyItems, sameItems } from './failure'
import type { Outcome } from './outcome'
import type { Place } from './place'
import type { Validation } from './validation'

export const validateArray = (
  by: Validation,
  { items, array: { minItems, maxItems, uniqueItems, contains } }: Keywords,
  place: Place,
  instance: readonly RegoValue[],
  outcome: Outcome,
): void => {
  validateItems(by, items, place, instance, outcome)
  const length = BigInt(instance.length)
  if (minItems !== undefined && length < minItems) outcome.fail(place, fewItems(minItems))
  if (maxItems !== undefined && length > maxItems) outcome.fail(place, manyItems(maxItems))
  if (uniqueItems) requireUnique(place, instance, outcome)
  if (contains !== undefined) requireOne(by, contains, place, instance, outcome)
  outcome.pass()
}

const validateItems = (
  by: Validation,
  { items, additional }: ItemKeywords,
  place: Place,
  instance: readonly RegoValue[],
  outcome: Outcome,
): void => {
  const isTuple = !('each' in items)
  // Without a list of schemas no item is additional.
  if (isTuple && items.length === 0) return
  const other = typeof additional === 'boolean' ? undefined : additional
  for (const [at, item] of instance.entries()) {
    const schema = isTuple ? (items[at] ?? other) : items.each
    if (schema !== undefined) outcome.merge(by.outcome(schema, place.at(String(at), item)))
  }
  if (isTuple && items.length < instance.length && additional === false) outcome.fail(place, additionalItems)
}

const requireUnique = (place: Place, instance: readonly RegoValue[], outcome: Outcome): void => {
  const last = new Map<string, number>()
  for (const [at, item] of instance.entries()) {
    const text = canonicalText(item)
    const before = last.get(text)
    if (before !== undefined) outcome.fail(place, sameItems(before, at))
    last.set(text, at)
  }
}

const requireOne = (
  by: Validation,
  contains: Subschema,
  place: Place,
  instance: readonly RegoValue[],
  outcome: Outcome,
): void => {
  let best: Outcome | undefined
  for (const [at, item] of instance.entries()) {
    const one = by.outcome(contains, place.at(String(at), item))
    if (one.isValid) return
    if (one.isBetterThan(best)) best = one
  }
  outcome.fail(place, containsNone)
  if (best !== undefined) outcome.merge(best)
}
