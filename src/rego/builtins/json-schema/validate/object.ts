import { entriesOf, memberOf, type RegoObject, type RegoValue } from '../../../value'
import type { Keywords, PropertyKeywords, Subschema } from '../schema'
import { additionalProperty, fewProperties, manyProperties, required, wrongName } from './failure'
import type { Outcome } from './outcome'
import type { Place } from './place'
import type { Validation } from './validation'

type Members = readonly (readonly [name: string, value: RegoValue])[]

export const validateObject = (
  by: Validation,
  { object, properties }: Keywords,
  place: Place,
  instance: RegoObject,
  outcome: Outcome,
): void => {
  const members = entriesOf(instance).map(([name, value]) => [String(name), value] as const)
  const size = BigInt(members.length)
  const { minProperties, maxProperties } = object
  if (minProperties !== undefined && size < minProperties) outcome.fail(place, fewProperties(minProperties))
  if (maxProperties !== undefined && size > maxProperties) outcome.fail(place, manyProperties(maxProperties))
  for (const name of object.required) {
    if (memberOf(instance, name) === undefined) outcome.fail(place, required(name))
    else outcome.pass()
  }
  for (const [name, value] of members) validateOther(by, properties, place, name, value, outcome)
  if (properties.names !== undefined) validateNames(by, properties.names, place, members, outcome)
  outcome.pass()
}

/** A member by the patterns of its name, and as an additional one where nothing describes it. */
const validateOther = (
  by: Validation,
  { properties, patterns, additional }: PropertyKeywords,
  place: Place,
  name: string,
  value: RegoValue,
  outcome: Outcome,
): void => {
  const matching = patterns.filter(({ pattern }) => pattern.matches.test(name))
  for (const { schema } of matching) outcome.merge(by.outcome(schema, place.at(name, value)))
  if (matching.length > 0) outcome.pass()
  if (matching.length > 0 || properties.has(name) || additional === undefined || additional === true) return
  if (additional === false) outcome.fail(place, additionalProperty(name))
  else outcome.merge(by.outcome(additional, place.at(name, value)))
}

const validateNames = (by: Validation, schema: Subschema, place: Place, members: Members, outcome: Outcome): void => {
  for (const [name] of members) {
    const one = by.outcome(schema, place.name(name))
    if (one.isValid) continue
    outcome.fail(place, wrongName(name))
    outcome.merge(one)
  }
}

/** The members that have a schema of their own. */
export const validateMembers = (
  by: Validation,
  { properties }: PropertyKeywords,
  place: Place,
  instance: RegoObject,
  outcome: Outcome,
): void => {
  for (const [name, schema] of properties) {
    const value = memberOf(instance, name)
    if (value !== undefined) by.validate(schema, place.at(name, value), outcome)
  }
}
