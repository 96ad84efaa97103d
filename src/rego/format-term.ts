import { isNumber, numberText } from './number'
import { entriesOf, isRegoArray, type RegoMap, type RegoObject, RegoSet, type RegoValue } from './value'

const NAMED: Readonly<Record<string, string>> = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '"': '\\"',
  '\\': '\\\\',
}

// Letters, marks, numbers, punctuation, symbols, and of spaces only ASCII's: what Go's strconv.IsPrint lets stand.
const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u

const quoted = (character: string): string => {
  const named = NAMED[character]
  if (named !== undefined) return named
  if (PRINTABLE.test(character)) return character
  const code = character.codePointAt(0) ?? 0
  if (code < 0x80) return `\\x${code.toString(16).padStart(2, '0')}`
  return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`
}

const PLAIN = /^[ !#-[\]-~]*$/

/** A string in double quotes with Go's escapes. Source: Go's `strconv.Quote`. */
export const quoteText = (text: string): string =>
  PLAIN.test(text) ? `"${text}"` : `"${Array.from(text, quoted).join('')}"`

/** A value as OPA prints it inside texts: Rego syntax, sets and keys in order. Source: OPA's `ast.Value.String`. */
export const formatTerm = (value: RegoValue): string => {
  if (typeof value === 'string') return quoteText(value)
  if (isNumber(value)) return numberText(value)
  if (value === null || typeof value === 'boolean') return String(value)
  if (isRegoArray(value)) return `[${value.map(formatTerm).join(', ')}]`
  if (value instanceof RegoSet) return value.size === 0 ? 'set()' : `{${value.members.map(formatTerm).join(', ')}}`
  return `{${entriesOf(value as RegoObject | RegoMap)
    .map(([key, member]) => `${formatTerm(key)}: ${formatTerm(member)}`)
    .join(', ')}}`
}
