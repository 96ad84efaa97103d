/** What is wrong with an instance: the kind and the sentence. */
export interface Failure {
  readonly type: string
  readonly description: string
}

const failure = (type: string, description: string): Failure => ({ type, description })

// The texts are those of OPA's `gojsonschema`, locales.go.

export const never = failure('false', 'False always fails validation')
export const required = (property: string): Failure => failure('required', `${property} is required`)
export const wrongType = (expected: readonly string[], given: string): Failure => {
  const types = expected.length === 1 ? expected.join() : `[${expected.join()}]`
  return failure('invalid_type', `Invalid type. Expected: ${types}, given: ${given}`)
}
export const noneOf = failure('number_any_of', 'Must validate at least one schema (anyOf)')
export const notOne = failure('number_one_of', 'Must validate one and only one schema (oneOf)')
export const notAll = failure('number_all_of', 'Must validate all the schemas (allOf)')
export const forbidden = failure('number_not', 'Must not validate the schema (not)')
export const missingDependency = (property: string): Failure =>
  failure('missing_dependency', `Has a dependency on ${property}`)
export const notConst = (field: string, allowed: string): Failure =>
  failure('const', `${field} does not match: ${allowed}`)
export const notInEnum = (field: string, allowed: readonly string[]): Failure =>
  failure('enum', `${field} must be one of the following: ${allowed.join(', ')}`)
export const additionalItems = failure('array_no_additional_items', 'No additional items allowed on array')
export const fewItems = (least: bigint): Failure =>
  failure('array_min_items', `Array must have at least ${least} items`)
export const manyItems = (most: bigint): Failure => failure('array_max_items', `Array must have at most ${most} items`)
export const sameItems = (first: number, second: number): Failure =>
  failure('unique', `array items[${first},${second}] must be unique`)
export const containsNone = failure('contains', 'At least one of the items must match')
export const fewProperties = (least: bigint): Failure =>
  failure('array_min_properties', `Must have at least ${least} properties`)
export const manyProperties = (most: bigint): Failure =>
  failure('array_max_properties', `Must have at most ${most} properties`)
export const additionalProperty = (property: string): Failure =>
  failure('additional_property_not_allowed', `Additional property ${property} is not allowed`)
export const wrongName = (property: string): Failure =>
  failure('invalid_property_name', `Property name of "${property}" does not match`)
export const shortString = (least: bigint): Failure =>
  failure('string_gte', `String length must be greater than or equal to ${least}`)
export const longString = (most: bigint): Failure =>
  failure('string_lte', `String length must be less than or equal to ${most}`)
export const wrongPattern = (pattern: string): Failure => failure('pattern', `Does not match pattern '${pattern}'`)
export const wrongFormat = (format: string): Failure => failure('format', `Does not match format '${format}'`)
export const noMultiple = (unit: string): Failure => failure('multiple_of', `Must be a multiple of ${unit}`)
export const less = (least: string): Failure => failure('number_gte', `Must be greater than or equal to ${least}`)
export const notGreater = (bound: string): Failure => failure('number_gt', `Must be greater than ${bound}`)
export const greater = (most: string): Failure => failure('number_lte', `Must be less than or equal to ${most}`)
export const notLess = (bound: string): Failure => failure('number_lt', `Must be less than ${bound}`)
export const notThen = failure('condition_then', 'Must validate "then" as "if" was valid')
export const notElse = failure('condition_else', 'Must validate "else" as "if" was not valid')
