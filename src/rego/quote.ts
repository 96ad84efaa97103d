import { isPrintable } from './printable'

const NAMED: Readonly<Record<string, string>> = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
}

const escaped = (character: string, quote: string, ascii: boolean): string => {
  if (character === quote) return `\\${quote}`
  const named = NAMED[character]
  if (named !== undefined) return named
  const code = character.codePointAt(0) ?? 0
  if (isPrintable(code) && !(ascii && code > 0x7f)) return character
  const digits = code.toString(16)
  if (code < 0x80) return `\\x${digits.padStart(2, '0')}`
  return code > 0xffff ? `\\U${digits.padStart(8, '0')}` : `\\u${digits.padStart(4, '0')}`
}

const PLAIN = /^[ !#-[\]-~]*$/

/** A text in double quotes with Go's escapes; with `ascii` all others are escaped too. Source: Go's `strconv.Quote`. */
export const quoteText = (text: string, ascii = false): string =>
  PLAIN.test(text) ? `"${text}"` : `"${Array.from(text, (character) => escaped(character, '"', ascii)).join('')}"`

/** One character in single quotes with Go's escapes. Source: Go's `strconv.QuoteRune`. */
export const quoteCharacter = (character: string, ascii = false): string => `'${escaped(character, "'", ascii)}'`

/** True where Go can write a text between backquotes, unchanged. Source: Go's `strconv.CanBackquote`. */
export const canBackquote = (text: string): boolean =>
  ![...text].some((character) => (character < ' ' && character !== '\t') || /[`\u007f\ufeff]/.test(character))
