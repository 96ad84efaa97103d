import { isNumber, numberText } from '../number'
import {
  compareStrings,
  entriesOf,
  isRegoArray,
  type RegoMap,
  type RegoObject,
  RegoSet,
  type RegoValue,
} from '../value'

const quoted = (text: string): string =>
  JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

const text = (value: RegoValue): string => {
  if (typeof value === 'string') return quoted(value)
  if (isNumber(value)) return numberText(value)
  if (value === null || typeof value === 'boolean') return String(value)
  if (isRegoArray(value)) return `[${value.map(text).join(',')}]`
  if (value instanceof RegoSet) return `[${value.members.map(text).join(',')}]`
  return `{${jsonEntries(value as RegoObject | RegoMap)
    .map(([key, member]) => `${quoted(key)}:${text(member)}`)
    .join(',')}}`
}

/**
 * The entries of an object with keys that JSON can have, in order: a string is itself, any other key its JSON text as Go's
 * encoding/json writes it. Of keys that become equal, the last stands.
 */
export const jsonEntries = (object: RegoObject | RegoMap): readonly (readonly [string, RegoValue])[] =>
  [
    ...new Map(entriesOf(object).map(([key, member]) => [typeof key === 'string' ? key : text(key), member] as const)),
  ].sort(([a], [b]) => compareStrings(a, b))
