import { isRegoObject, memberOf, type RegoObject } from '../../../value'
import type { CombinedKeywords, Dependency, Keywords, Subschema } from '../schema'
import { forbidden, missingDependency, noneOf, notAll, notElse, notOne, notThen } from './failure'
import { Outcome } from './outcome'
import type { Place } from './place'
import type { Validation } from './validation'

/** The keywords that apply other schemas to the instance itself. */
export const validateCombined = (by: Validation, schema: Keywords, place: Place, outcome: Outcome): void => {
  const { combined, dependencies } = schema
  if (combined.anyOf.length > 0) anyOf(by, combined.anyOf, place, outcome)
  if (combined.oneOf.length > 0) oneOf(by, combined.oneOf, place, outcome)
  if (combined.allOf.length > 0) allOf(by, combined.allOf, place, outcome)
  if (combined.not !== undefined && by.outcome(combined.not, place).isValid) outcome.fail(place, forbidden)
  if (isRegoObject(place.value)) dependent(by, dependencies, place, place.value, outcome)
  if (combined.if !== undefined) conditional(by, combined, combined.if, place, outcome)
  outcome.pass()
}

/** The first of the outcomes with the highest score: that of the schema that was probably meant. */
const bestOf = (outcomes: readonly Outcome[]): Outcome =>
  outcomes.reduce((best, one) => (one.isBetterThan(best) ? one : best), outcomes[0] ?? new Outcome())

const anyOf = (by: Validation, schemas: readonly Subschema[], place: Place, outcome: Outcome): void => {
  const failed: Outcome[] = []
  for (const schema of schemas) {
    const one = by.outcome(schema, place)
    if (one.isValid) return
    failed.push(one)
  }
  outcome.fail(place, noneOf)
  outcome.merge(bestOf(failed))
}

const oneOf = (by: Validation, schemas: readonly Subschema[], place: Place, outcome: Outcome): void => {
  const outcomes = schemas.map((schema) => by.outcome(schema, place))
  const valid = outcomes.filter(({ isValid }) => isValid).length
  if (valid === 1) return
  outcome.fail(place, notOne)
  if (valid === 0) outcome.merge(bestOf(outcomes))
}

const allOf = (by: Validation, schemas: readonly Subschema[], place: Place, outcome: Outcome): void => {
  const outcomes = schemas.map((schema) => by.outcome(schema, place))
  for (const one of outcomes) outcome.merge(one)
  if (!outcomes.every(({ isValid }) => isValid)) outcome.fail(place, notAll)
}

const dependent = (
  by: Validation,
  dependencies: readonly Dependency[],
  place: Place,
  instance: RegoObject,
  outcome: Outcome,
): void => {
  for (const { property, asks } of dependencies) {
    if (memberOf(instance, property) === undefined) continue
    if ('schema' in asks) by.validate(asks.schema, place, outcome)
    else
      for (const other of asks)
        if (memberOf(instance, other) === undefined) outcome.fail(place, missingDependency(other))
  }
}

const conditional = (
  by: Validation,
  { ifValid, ifNot }: CombinedKeywords,
  condition: Subschema,
  place: Place,
  outcome: Outcome,
): void => {
  const { isValid } = by.outcome(condition, place)
  const schema = isValid ? ifValid : ifNot
  if (schema === undefined) return
  const one = by.outcome(schema, place)
  if (one.isValid) return
  outcome.fail(place, isValid ? notThen : notElse)
  outcome.merge(one)
}
