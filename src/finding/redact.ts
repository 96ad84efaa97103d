import { isArray, isObject, type Json, type JsonObject } from '../json'

/** Stands where a secret value would. */
export const MASK = '***'

const scalars = (value: Json | undefined): readonly string[] => {
  if (value === undefined || value === null || typeof value === 'boolean') return []
  if (isArray(value)) return value.flatMap(scalars)
  if (isObject(value)) return Object.values(value).flatMap(scalars)
  return value === '' ? [] : [String(value)]
}

/** Args without any text that stands in the sensitive value; names of containers and variables stay. */
export const redact = (args: JsonObject, sensitiveValue: Json | undefined): JsonObject => {
  const secrets = scalars(sensitiveValue)
  const hide = (value: Json): Json => {
    if (isArray(value)) return value.map(hide)
    if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, hide(entry)]))
    return secrets.some((secret) => String(value).includes(secret)) ? MASK : value
  }
  return Object.fromEntries(Object.entries(args).map(([name, value]) => [name, hide(value)]))
}
