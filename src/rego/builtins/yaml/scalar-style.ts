import { isBreak } from './characters'
import { resolvePlain } from './resolve'
import { parseTimestamp } from './timestamp'

/** How a text is written. */
export type Style = 'plain' | 'single' | 'double' | 'literal'

// Of YAML 1.1, which go-yaml reads as texts and still quotes.
const OLD_BOOLEAN = /^(?:[yYnN]|yes|Yes|YES|on|On|ON|no|No|NO|off|Off|OFF)$/
const BASE_60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/
const STARTS_SOMETHING = /^(?:[#,[\]{}&*!|>'"%@`]|[-?:](?:[ \t]|$)|---|\.\.\.)/
const ENDS_PLAIN = /:(?:[ \t]|$)|[ \t\n\r\x85\u2028\u2029]#/
const BREAK_BEFORE_SPACE = /[\n\r\x85\u2028\u2029] /
const SPACE_BEFORE_BREAK = / [\n\r\x85\u2028\u2029]/
/** What go-yaml does not take for printable; a tab is a matter of its own, and all beyond U+FFFF counts. */
const SPECIAL = /[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/

/** True for a text that stays one without quotes. */
const staysText = (text: string): boolean =>
  resolvePlain(text).type === 'str' &&
  parseTimestamp(text) === undefined &&
  !OLD_BOOLEAN.test(text) &&
  !BASE_60.test(text)

/** True for a text of several lines, which no key on one line can be. */
export const hasBreaks = (text: string): boolean => /[\n\r\x85\u2028\u2029]/.test(text)

const isSpaceOrBreak = (character: string): boolean => character === ' ' || isBreak(character.charCodeAt(0))

/** The style that go-yaml writes a text in. Source: go.yaml.in/yaml/v3, encode.go and emitterc.go. */
export const styleOf = (text: string): Style => {
  const special = SPECIAL.test(text) || SPACE_BEFORE_BREAK.test(text)
  if (text.includes('\n')) return special || text.endsWith(' ') ? 'double' : 'literal'
  if (!staysText(text) || special || text.includes('\t') || BREAK_BEFORE_SPACE.test(text)) return 'double'
  const isFree =
    !isSpaceOrBreak(text.charAt(0)) &&
    !isSpaceOrBreak(text.charAt(text.length - 1)) &&
    !STARTS_SOMETHING.test(text) &&
    !ENDS_PLAIN.test(text) &&
    !hasBreaks(text)
  return isFree ? 'plain' : 'single'
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\x85': '\\N',
  '\xa0': '\\_',
  '\u2028': '\\L',
  '\u2029': '\\P',
}

const escaped = (character: string): string => {
  const named = ESCAPES[character]
  if (named !== undefined) return named
  const digits = (character.codePointAt(0) ?? 0).toString(16).toUpperCase()
  if (digits.length <= 2) return `\\x${digits.padStart(2, '0')}`
  return digits.length <= 4 ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`
}

const mustEscape = (character: string): boolean =>
  SPECIAL.test(character) || /[\t"\\]/.test(character) || isBreak(character.charCodeAt(0))

/** A text in double quotes, on one line. go-yaml takes every character after a leading byte order mark for one. */
export const doubleQuoted = (text: string): string => {
  const isMarked = text.startsWith('\ufeff')
  return `"${Array.from(text, (character) => (isMarked || mustEscape(character) ? escaped(character) : character)).join('')}"`
}
