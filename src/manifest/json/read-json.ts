import type { Json } from '../../json'
import type { Limits } from '../document'
import { type Refusal, Refused, tooMuch } from '../refusal'
import { duplicateKeys } from './duplicates'
import { hasOddKeys, keyEnds, keysIn, TooDeep } from './keys'
import { firstTooDeep, skipBlank, skipValue } from './scan'

/** One value of a JSON text: where it starts, and what is wrong with it. */
export interface JsonReading {
  readonly start: number
  readonly value: Json
  readonly duplicates: readonly Refusal[]
}

/** True for a text that starts as JSON does. YAML's flow style does too, and is told apart by reading. */
export const looksLikeJson = (text: string): boolean => '{['.includes(text.charAt(skipBlank(text, 0)) || 'x')

/**
 * The values of a text of JSON: one, or several one after the other as `kubectl` and log tools print them. Undefined
 * where it is not JSON. Throws `Refused` where it nests too deep.
 */
export const readJson = (source: string, text: string, limits: Limits): readonly JsonReading[] | undefined => {
  const odd = hasOddKeys(text)
  const read = (start: number, end: number, value: Json): JsonReading => {
    const duplicates = hasDuplicates(source, text, start, end, value, limits, odd) ? duplicateKeys(text, start) : []
    return { start, value, duplicates }
  }
  const first = skipBlank(text, 0)
  const whole = parse(text)
  if (whole !== undefined) return [read(first, text.length, whole)]
  const readings: JsonReading[] = []
  for (let start = first; start < text.length; ) {
    const end = skipValue(text, start)
    const value = parse(text.slice(start, end))
    if (value === undefined) return tooDeepOrNothing(source, text, start, end, limits)
    readings.push(read(start, end, value))
    start = skipBlank(text, end)
  }
  return readings
}

/** An engine may give up on deep nesting, which is not a matter of syntax. */
const tooDeepOrNothing = (source: string, text: string, start: number, end: number, limits: Limits): undefined => {
  const at = firstTooDeep(text, start, end, limits.depth)
  if (at !== undefined) throw new Refused(tooMuch(source, limits, 'depth', at))
}

/** A text with more keys than its value has some twice. Where keys cannot be counted, the text is looked through. */
const hasDuplicates = (
  source: string,
  text: string,
  start: number,
  end: number,
  value: Json,
  limits: Limits,
  odd: boolean,
): boolean => {
  try {
    const keys = keysIn(value, limits.depth)
    return odd || keyEnds(text, start, end) !== keys
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error
    throw new Refused(tooMuch(source, limits, 'depth', firstTooDeep(text, start, end, limits.depth) ?? start))
  }
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
