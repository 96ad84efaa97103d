import { BuiltinRefusal } from '../builtin'
import { compareStrings } from '../key-order'
import { isNumber, numberText } from '../number'
import { entriesOf, isRegoArray, type RegoMap, type RegoObject, RegoSet, type RegoValue } from '../value'

/** How lines are laid out; without it all stands on one. */
export interface Layout {
  readonly prefix: string
  readonly indent: string
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/

interface Style {
  /** What is escaped in strings beside what JSON itself escapes. */
  readonly escaped: RegExp
  readonly layout?: Layout | undefined
}

// Go escapes what could end a line in JavaScript, and unless it is told not to, what could end a script in HTML.
const LINES = /[\u2028\u2029]/g
const LINES_AND_HTML = /[<>&\u2028\u2029]/g

const quoted = (text: string, escaped: RegExp): string =>
  JSON.stringify(text).replace(escaped, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)

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

const write = (value: RegoValue, style: Style, margin: string): string => {
  const { escaped, layout } = style
  if (typeof value === 'string') return quoted(value, escaped)
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
      [...value].map((element) => write(element, style, inner)),
    )
  const members = [...namedMembers(value as RegoObject | RegoMap)].sort(([a], [b]) => compareStrings(a, b))
  const colon = layout === undefined ? ':' : ': '
  return wrap(
    '{',
    '}',
    members.map(([name, member]) => quoted(name, escaped) + colon + write(member, style, inner)),
  )
}

/** The members with keys as JSON has them: a key that is no string is its own JSON text; of two alike the later stands. */
export const namedMembers = (object: RegoObject | RegoMap): ReadonlyMap<string, RegoValue> =>
  new Map(
    entriesOf(object).map(([key, member]) => [
      typeof key === 'string' ? key : write(key, { escaped: LINES_AND_HTML }, ''),
      member,
    ]),
  )

/**
 * A value as Go's `encoding/json` writes OPA's: sets as arrays, keys in order of their bytes, numbers as they were written.
 *
 * @throws `NoNumber` for a number such as `.5`.
 */
export const jsonText = (value: RegoValue, layout?: Layout): string =>
  write(value, { escaped: LINES_AND_HTML, layout }, layout?.prefix ?? '')

/** As `jsonText`, without a mind for HTML: the text that a bundle's digest of a structured file is over. */
export const plainJsonText = (value: RegoValue): string => write(value, { escaped: LINES }, '')
