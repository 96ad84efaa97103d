import { BuiltinRefusal } from '../builtin'
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

/** How lines are laid out; without it all stands on one. */
export interface Layout {
  readonly prefix: string
  readonly indent: string
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/

// Go escapes what could end a script in HTML or a line in JavaScript.
const ESCAPED = /[<>&\u2028\u2029]/g

const escapeHtml = (text: string): string =>
  text.replace(ESCAPED, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** Thrown for a number that is written as JSON does not write it: `.5`. */
export class NoNumber extends BuiltinRefusal {
  constructor(readonly written: string) {
    super('a number is written as JSON does not write it')
  }
}

const numeral = (text: string): string => {
  if (!NUMBER.test(text)) throw new NoNumber(text)
  return text
}

const write = (value: RegoValue, layout: Layout | undefined, margin: string): string => {
  if (typeof value === 'string') return escapeHtml(JSON.stringify(value))
  if (isNumber(value)) return numeral(numberText(value))
  if (value === null || typeof value === 'boolean') return String(value)
  const inner = margin + (layout?.indent ?? '')
  const wrap = (open: string, close: string, parts: readonly string[]): string => {
    if (parts.length === 0) return open + close
    if (layout === undefined) return `${open}${parts.join()}${close}`
    return `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${margin}${close}`
  }
  if (isRegoArray(value) || value instanceof RegoSet)
    return wrap(
      '[',
      ']',
      [...value].map((element) => write(element, layout, inner)),
    )
  const members = [...namedMembers(value as RegoObject | RegoMap)].sort(([a], [b]) => compareStrings(a, b))
  const colon = layout === undefined ? ':' : ': '
  return wrap(
    '{',
    '}',
    members.map(([name, member]) => write(name, undefined, '') + colon + write(member, layout, inner)),
  )
}

/** The members with keys as JSON has them: a key that is no string is its own JSON text; of two alike the later stands. */
export const namedMembers = (object: RegoObject | RegoMap): ReadonlyMap<string, RegoValue> =>
  new Map(entriesOf(object).map(([key, member]) => [typeof key === 'string' ? key : write(key, undefined, ''), member]))

/**
 * A value as Go's `encoding/json` writes OPA's: sets as arrays, keys in order of their bytes, numbers as they were written.
 *
 * @throws `NoNumber` for a number such as `.5`.
 */
export const jsonText = (value: RegoValue, layout?: Layout): string => write(value, layout, layout?.prefix ?? '')
