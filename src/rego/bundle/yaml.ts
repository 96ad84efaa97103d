import { readYaml } from '../builtins/yaml/read'
import { isRegoArray, type RegoObject, type RegoValue } from '../value'

/** The characters that a value has as text; aliases make one part count many times. */
const sizeOf = (value: RegoValue): number => {
  if (value === null || typeof value !== 'object') return String(value).length + 1
  const parts = isRegoArray(value)
    ? value.map(sizeOf)
    : // What is read from YAML holds neither sets nor keys that are no texts.
      Object.entries(value as RegoObject).map(([key, member]) => key.length + sizeOf(member))
  return parts.reduce((sum, part) => sum + part, 2)
}

/**
 * The first document of a YAML text, as OPA reads it; the others must be YAML too.
 *
 * @throws where the text is no YAML, has no form in JSON, or its aliases expand to more characters than the limit.
 */
export const readYamlWithin = (text: string, limit: number): RegoValue => {
  const value = readYaml(text)
  if (sizeOf(value) > limit) throw new Error('its aliases expand to more than the limit')
  return value
}
