import { isArray, isObject, type Json, member } from '../../json'

/**
 * A value with the defaults of its OpenAPI schema, as the API server fills them in: field by field where a default stands, and never
 * the way to one. Without them a template would look at parameters that are never absent in a cluster, and find nothing. Source:
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#defaulting
 */
export const withDefaults = (value: Json | undefined, schema: Json | undefined): Json | undefined => {
  const given = isUnset(value, schema) ? (member(schema, 'default') ?? value) : value
  if (isArray(given)) return given.map((entry) => withDefaults(entry, member(schema, 'items')) ?? entry)
  if (!isObject(given)) return given
  const properties = member(schema, 'properties')
  const names = new Set([...Object.keys(given), ...(isObject(properties) ? Object.keys(properties) : [])])
  return Object.fromEntries(
    [...names].flatMap((name) => {
      const filled = withDefaults(
        member(given, name),
        member(properties, name) ?? member(schema, 'additionalProperties'),
      )
      return filled === undefined ? [] : [[name, filled]]
    }),
  )
}

/** Null is a value only where the schema says so. */
const isUnset = (value: Json | undefined, schema: Json | undefined): boolean =>
  value === undefined || (value === null && member(schema, 'nullable') !== true)
