import { isArray, type Json, type JsonObject } from '../json'

const text = (value: Json): string =>
  isArray(value) ? value.map(text).join(', ') : typeof value === 'string' ? value : JSON.stringify(value)

/** Fills `{name}` placeholders; one that has no value stays as it is, so that a slip in a control shows. */
export const fill = (template: string, values: JsonObject): string =>
  template.replace(/\{([A-Za-z][A-Za-z0-9_]*)\}/g, (placeholder, name: string) => {
    const value = values[name]
    return value === undefined ? placeholder : text(value)
  })
