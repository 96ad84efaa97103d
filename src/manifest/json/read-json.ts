import type { Json } from '../../json'
import { lineEnd } from '../content'
import type { Limits } from '../document'
import { type Refusal, Refused, tooMuch } from '../refusal'
import { duplicateKeys } from './duplicates'
import { stringsIn, stringsWritten, TooDeep } from './keys'
import { firstTooDeep, skipBlank, skipValue } from './scan'

/** One value of a JSON text: where it stands, and what is wrong with it. */
export interface JsonReading {
  readonly start: number
  readonly end: number
  /** Absent where it is not JSON. */
  readonly value?: Json
  readonly duplicates: readonly Refusal[]
}

/** True for a text that starts as JSON does. YAML's flow style does too, and is told apart by reading. */
export const looksLikeJson = (text: string): boolean => opensAt(text, skipBlank(text, 0))

const opensAt = (text: string, at: number): boolean => text[at] === '{' || text[at] === '['

/**
 * The values of a text of JSON: one, or several one after the other as `kubectl` and log tools print them; one that is
 * broken leaves the others. Undefined where nothing is JSON. Throws `Refused` where it nests too deep.
 */
export const readJson = (source: string, text: string, limits: Limits): readonly JsonReading[] | undefined => {
  const read = (start: number, end: number, value: Json): JsonReading => {
    const duplicates = hasDuplicates(source, text, start, end, value, limits) ? duplicateKeys(text, start) : []
    return { start, end, value, duplicates }
  }
  const first = skipBlank(text, 0)
  const whole = parse(text)
  if (whole !== undefined) return [read(first, text.length, whole)]
  const readings: JsonReading[] = []
  for (let start = first; start < text.length; start = skipBlank(text, readings.at(-1)?.end ?? text.length)) {
    if (!opensAt(text, start)) return undefined
    const end = skipValue(text, start)
    const value = parse(text.slice(start, end))
    if (value !== undefined) readings.push(read(start, end, value))
    else readings.push(broken(source, text, start, end, limits))
  }
  return readings.some(({ value }) => value !== undefined) ? readings : undefined
}

/**
 * An engine may give up on deep nesting, which is not a matter of syntax. The brackets of a broken value say nothing
 * about its end: with one value a line, the next one starts on the next line.
 */
const broken = (source: string, text: string, start: number, end: number, limits: Limits): JsonReading => {
  const at = firstTooDeep(text, start, end, limits.depth)
  if (at !== undefined) throw new Refused(tooMuch(source, limits, 'depth', at))
  return { start, end: lineEnd(text, end, text.length), duplicates: [] }
}

/** A text with more strings than its value had a key twice: `JSON.parse` dropped the first one. */
const hasDuplicates = (
  source: string,
  text: string,
  start: number,
  end: number,
  value: Json,
  limits: Limits,
): boolean => {
  try {
    return stringsIn(value, limits.depth) !== stringsWritten(text, start, end)
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
