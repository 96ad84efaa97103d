/** A JSON value. Everything that is judged, and everything a policy returns, is one. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject

/** A JSON object with readonly members. */
export interface JsonObject {
  readonly [key: string]: Json
}

/** A place inside a value: object keys and array positions, from the outermost inwards. */
export type Path = readonly (string | number)[]

/** True for an object, false for an array, a scalar or an absent value. */
export const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** True for an array; `Array.isArray` does not narrow readonly arrays. */
export const isArray = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)

/** The member of an object, or undefined when the value is no object or has no such member of its own. */
export const member = (value: Json | undefined, key: string): Json | undefined =>
  isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined

/** The value at a path, or undefined where the path leaves the value. */
export const valueAt = (value: Json | undefined, path: Path): Json | undefined =>
  path.reduce<Json | undefined>(
    (at, segment) => (typeof segment === 'number' ? (isArray(at) ? at[segment] : undefined) : member(at, segment)),
    value,
  )

/** The string at a path, or undefined where there is none or it is of another type. */
export const stringAt = (value: Json | undefined, path: Path): string | undefined => {
  const found = valueAt(value, path)
  return typeof found === 'string' ? found : undefined
}
