import { BuiltinRefusal, type Family } from '../builtin'
import { isRegoArray, type RegoValue } from '../value'
import { readWrittenJson } from '../written-json'
import { compileSchema } from './json-schema/compile/compile'
import { InvalidSchema, refuseLiteral, refuseScalar, refuseText } from './json-schema/compile/invalid-schema'
import type { Schema } from './json-schema/schema'
import { validate } from './json-schema/validate/validate'
import { jsonText, NoNumber } from './json-text'
import { isObject } from './operand'

/** The JSON that an operand is: a text of it, or an object or an array. */
const documentText = (operand: RegoValue): string => {
  if (typeof operand === 'string') return operand
  if (!isObject(operand) && !isRegoArray(operand)) return refuseScalar()
  try {
    return jsonText(operand)
  } catch (error) {
    if (error instanceof NoNumber) return refuseLiteral(error.written)
    throw error
  }
}

const documentOf = (operand: RegoValue): RegoValue => {
  try {
    return readWrittenJson(documentText(operand))
  } catch (error) {
    if (error instanceof SyntaxError) return refuseText()
    throw error
  }
}

const MOST = 16
const compiled = new Map<string, Schema>()

/** Compiles a schema, or has it still: a policy holds many documents against one. */
const schemaOf = (operand: RegoValue): Schema => {
  const text = documentText(operand)
  const known = compiled.get(text)
  if (known !== undefined) return known
  const schema = compileSchema(documentOf(text))
  if (compiled.size >= MOST) compiled.delete(compiled.keys().next().value ?? '')
  compiled.set(text, schema)
  return schema
}

/** Work that goes as deep as its values are nested. */
const withinStack = <A>(work: () => A): A => {
  try {
    return work()
  } catch (error) {
    if (error instanceof RangeError) throw new BuiltinRefusal('the document or the schema is nested too deeply')
    throw error
  }
}

const matched = (document: RegoValue, schema: RegoValue): RegoValue => {
  const instance = documentOf(document)
  const failures = validate(schemaOf(schema), instance)
  return [
    failures.length === 0,
    failures.map(({ field, type, description }) => ({
      desc: description,
      error: `${field}: ${description}`,
      field,
      type,
    })),
  ]
}

const verified = (schema: RegoValue): RegoValue => {
  try {
    schemaOf(schema)
    return [true, null]
  } catch (error) {
    if (error instanceof InvalidSchema) return [false, `jsonschema: ${error.message}`]
    throw error
  }
}

/**
 * `json.match_schema` and `json.verify_schema` of drafts 4, 6 and 7. References to other documents are followed to the schemas of the
 * drafts alone. Source: OPA's `topdown/jsonschema.go` and its `gojsonschema`.
 */
export const jsonSchema: Family = {
  'json.match_schema': (_context, document = null, schema = null) => withinStack(() => matched(document, schema)),
  'json.verify_schema': (_context, schema = null) => withinStack(() => verified(schema)),
}
