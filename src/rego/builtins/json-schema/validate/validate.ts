import { isNumber } from '../../../number'
import { isRegoArray, isRegoObject, type RegoValue } from '../../../value'
import { isInteger } from '../rational'
import type { Keywords, Schema, Subschema, TypeName } from '../schema'
import { validateArray } from './array'
import { validateCombined } from './combined'
import { never, wrongType } from './failure'
import { validateNumber } from './number'
import { validateMembers, validateObject } from './object'
import { type FailureAt, Outcome } from './outcome'
import { Place } from './place'
import { validateString } from './string'
import type { Validation } from './validation'
import { validateValue } from './value'

/** All that is wrong with an instance, in OPA's order; where that is random, in the order of keys. */
export const validate = (schema: Schema, instance: RegoValue): readonly FailureAt[] =>
  new Validator(schema.references).outcome(schema.root, new Place(instance)).failures

const typeOf = (value: RegoValue): TypeName => {
  if (value === null) return 'null'
  if (isNumber(value)) return isInteger(value) ? 'integer' : 'number'
  if (isRegoArray(value)) return 'array'
  return typeof value === 'string' ? 'string' : typeof value === 'boolean' ? 'boolean' : 'object'
}

const isOf = (types: readonly TypeName[], type: TypeName): boolean =>
  types.length === 0 || types.includes(type) || (type === 'integer' && types.includes('number'))

/** Validation by the schemas of one document. Source: OPA's `gojsonschema`, validation.go. */
class Validator implements Validation {
  constructor(private readonly references: ReadonlyMap<string, Subschema>) {}

  outcome(schema: Subschema, place: Place): Outcome {
    const outcome = new Outcome()
    this.validate(schema, place, outcome)
    return outcome
  }

  validate(schema: Subschema, place: Place, outcome: Outcome): void {
    if (typeof schema === 'boolean') {
      if (!schema) outcome.fail(place, never)
      return
    }
    if ('reference' in schema) {
      const { reference } = schema
      place.follow(reference, () => this.validate(this.references.get(reference) ?? true, place, outcome))
      return
    }
    const type = typeOf(place.value)
    if (!isOf(schema.types, type)) {
      outcome.fail(place, wrongType(schema.types, type))
      return
    }
    validateCombined(this, schema, place, outcome)
    this.#byType(schema, place, outcome)
    outcome.pass()
  }

  #byType(schema: Keywords, place: Place, outcome: Outcome): void {
    const { value } = place
    if (isRegoArray(value)) {
      validateArray(this, schema, place, value, outcome)
      validateValue(schema, place, outcome)
    } else if (isRegoObject(value)) {
      validateObject(this, schema, place, value, outcome)
      validateValue(schema, place, outcome)
      validateMembers(this, schema.properties, place, value, outcome)
    } else {
      if (isNumber(value)) validateNumber(schema.number, place, value, outcome)
      validateValue(schema, place, outcome)
      if (typeof value === 'string') validateString(schema.string, place, value, outcome)
    }
  }
}
