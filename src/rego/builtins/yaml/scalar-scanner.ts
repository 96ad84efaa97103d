import { END, isBlank, isBlankOrEnd, isBreak, isBreakOrEnd, isDigit } from './characters'
import type { Cursor } from './cursor'

const isAtDocumentMarker = (cursor: Cursor): boolean => cursor.isAtMarker('---') || cursor.isAtMarker('...')

/** Line breaks between two lines of one scalar: a single one is a space. */
const folded = (first: string, more: string): string => (first === '\n' ? (more === '' ? ' ' : more) : first + more)

/** What blanks and line breaks between the words of a scalar mean. */
interface Space {
  readonly text: string
  /** A line ended. */
  readonly broke: boolean
}

const NO_SPACE: Space = { text: '', broke: false }

const isSpace = (code: number): boolean => isBlank(code) || isBreak(code)

/** Space up to the next word; `before` where a line has ended already. No tab may stand up to the indent of a new line. */
const scanSpace = (cursor: Cursor, before: boolean, indent: number): Space => {
  let [blanks, firstBreak, moreBreaks] = ['', '', '']
  let broke = before
  while (isSpace(cursor.code())) {
    if (isBlank(cursor.code())) {
      if (broke && cursor.column <= indent && cursor.is('\t')) cursor.refuse('a tab indents a line')
      const blank = cursor.take()
      if (!broke) blanks += blank
    } else if (broke) moreBreaks += cursor.takeBreak()
    else {
      firstBreak = cursor.takeBreak()
      broke = true
    }
  }
  return { text: broke ? folded(firstBreak, moreBreaks) : blanks, broke }
}

/** A scalar without quotes. `brokeOff` where a line break after it was read too. */
export const scanPlain = (
  cursor: Cursor,
  indent: number,
  inFlow: boolean,
): { readonly text: string; readonly brokeOff: boolean } => {
  const isEnd = (): boolean => (cursor.is(':') && isBlankOrEnd(cursor.code(1))) || (inFlow && cursor.isAnyOf(',?[]{}'))
  const takeWord = (): string => {
    const start = cursor.at
    while (!isBlankOrEnd(cursor.code()) && !isEnd()) cursor.take()
    return cursor.text.slice(start, cursor.at)
  }
  let text = ''
  let space = NO_SPACE
  while (!isAtDocumentMarker(cursor) && !cursor.is('#')) {
    const word = takeWord()
    if (word !== '') {
      text += space.text + word
      space = NO_SPACE
    }
    if (!isSpace(cursor.code())) break
    space = scanSpace(cursor, false, indent)
    if (!inFlow && cursor.column <= indent) break
  }
  return { text, brokeOff: space.broke }
}

const ESCAPES: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
  N: '\x85',
  _: '\xa0',
  L: '\u2028',
  P: '\u2029',
}

const HEX_LENGTH: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 }

const scanEscape = (cursor: Cursor): string => {
  cursor.skip()
  const name = cursor.code() === END ? '' : cursor.take()
  const plain = ESCAPES[name]
  if (plain !== undefined) return plain
  const length = HEX_LENGTH[name]
  if (length === undefined) return cursor.refuse('no such escape')
  const digits = cursor.text.slice(cursor.at, cursor.at + length)
  const code = /^[0-9a-fA-F]+$/.test(digits) && digits.length === length ? Number.parseInt(digits, 16) : Number.NaN
  if (!(code <= 0x10ffff) || (code >= 0xd800 && code <= 0xdfff)) cursor.refuse('an escape names no character')
  cursor.skip(length)
  return String.fromCodePoint(code)
}

// Within quotes tabs may stand anywhere.
const NO_INDENT = -1

/** A scalar in quotes, from its opening one on. */
export const scanQuoted = (cursor: Cursor): string => {
  const quote = cursor.take()
  const isDouble = quote === '"'
  let text = ''
  for (;;) {
    if (isAtDocumentMarker(cursor)) cursor.refuse('a document marker inside of quotes')
    if (cursor.code() === END) cursor.refuse('quotes are not closed')
    let broke = false
    while (!isBlankOrEnd(cursor.code())) {
      if (!isDouble && cursor.is("'") && cursor.is("'", 1)) {
        text += "'"
        cursor.skip(2)
      } else if (cursor.is(quote)) break
      else if (isDouble && cursor.is('\\') && isBreak(cursor.code(1))) {
        cursor.skip()
        cursor.takeBreak()
        broke = true
        break
      } else if (isDouble && cursor.is('\\')) text += scanEscape(cursor)
      else text += cursor.take()
    }
    if (cursor.is(quote)) break
    text += scanSpace(cursor, broke, NO_INDENT).text
  }
  cursor.skip()
  return text
}

/** The header after `|` or `>`: `+`, `-` and a digit in any order. */
const scanHeader = (cursor: Cursor): { readonly chomp: '+' | '-' | undefined; readonly indent: number } => {
  let chomp: '+' | '-' | undefined
  let indent = 0
  const takeChomp = (): void => {
    if (cursor.isAnyOf('+-')) chomp = cursor.take() === '+' ? '+' : '-'
  }
  takeChomp()
  if (isDigit(cursor.code())) {
    if (cursor.is('0')) cursor.refuse('a block is indented by 0')
    indent = Number(cursor.take())
    if (chomp === undefined) takeChomp()
  }
  cursor.skipWhile(isBlank)
  if (cursor.is('#')) cursor.skipWhile((code) => !isBreakOrEnd(code))
  if (!isBreakOrEnd(cursor.code())) cursor.refuse('more than a comment behind the start of a block')
  cursor.takeBreak()
  return { chomp, indent }
}

/** A block, from its `|` or `>` on. The indent is that of the collection that it stands in, -1 at the top. */
export const scanBlock = (cursor: Cursor, outer: number): string => {
  const isLiteral = cursor.take() === '|'
  const header = scanHeader(cursor)
  let indent = header.indent > 0 ? Math.max(outer, 0) + header.indent : 0

  /** Empty lines; the deepest of the first ones tells the indent where the header does not. */
  const scanBreaks = (): string => {
    let breaks = ''
    let deepest = 0
    for (;;) {
      while ((indent === 0 || cursor.column < indent) && cursor.is(' ')) cursor.skip()
      deepest = Math.max(deepest, cursor.column)
      if ((indent === 0 || cursor.column < indent) && cursor.is('\t')) cursor.refuse('a tab indents a line')
      if (!isBreak(cursor.code())) break
      breaks += cursor.takeBreak()
    }
    if (indent === 0) indent = Math.max(deepest, outer + 1, 1)
    return breaks
  }

  let text = ''
  let lineBreak = ''
  let breaks = scanBreaks()
  let wasBlank = false
  while (cursor.column === indent && cursor.code() !== END) {
    const startsBlank = isBlank(cursor.code())
    // Lines that start with a blank are not folded, nor are the breaks around them.
    if (!isLiteral && !wasBlank && !startsBlank && lineBreak === '\n') text += breaks === '' ? ' ' : ''
    else text += lineBreak
    text += breaks
    wasBlank = startsBlank
    text += cursor.takeWhile((code) => !isBreakOrEnd(code))
    lineBreak = cursor.takeBreak()
    breaks = scanBreaks()
  }
  if (header.chomp !== '-') text += lineBreak
  if (header.chomp === '+') text += breaks
  return text
}
