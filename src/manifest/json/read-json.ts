import type { Json } from '../../json'
import type { Limits } from '../document'
import { type Refusal, Refused, tooMuch } from '../refusal'
import { duplicateKeys } from './duplicates'
import { extentOf, skipBlank, skipValue } from './scan'

/** One value of a JSON text: where it starts, and what is wrong with it. */
export interface JsonReading {
  readonly start: number
  readonly value: Json
  readonly duplicates: readonly Refusal[]
}

/** True for a text that starts as JSON does. YAML's flow style does too, and is told apart by reading. */
export const looksLikeJson = (text: string): boolean => '{['.includes(text.charAt(skipBlank(text, 0)) || 'x')

/**
 * The values of a text of JSON: one, or several one after the other as `kubectl` and log tools print them. Undefined where it is not
 * JSON. Throws `Refused` where it nests too deep.
 */
export const readJson = (source: string, text: string, limits: Limits): readonly JsonReading[] | undefined => {
  const readings: JsonReading[] = []
  for (let start = skipBlank(text, 0); start < text.length; ) {
    const whole = readings.length === 0 ? parse(text) : undefined
    const end = whole === undefined ? skipValue(text, start) : text.length
    const { keys, tooDeep } = extentOf(text, start, end, limits.depth)
    if (tooDeep !== undefined) throw new Refused(tooMuch(source, limits, 'depth', tooDeep))
    const value = whole ?? parse(text.slice(start, end))
    if (value === undefined) return undefined
    readings.push({ start, value, duplicates: duplicateKeys(text, start, keys, value) })
    start = skipBlank(text, end)
  }
  return readings
}

const parse = (text: string): Json | undefined => {
  try {
    const value: Json = JSON.parse(text)
    return value
  } catch {
    // What the engine says of a syntax error repeats the text around it, which may hold a secret.
    return undefined
  }
}
