import { readWritten } from './term'
import type { RegoValue } from './value'

/** The place after the string that opens here, in a text that is JSON. */
const stringEnd = (text: string, open: number): number => {
  for (let close = text.indexOf('"', open + 1); ; close = text.indexOf('"', close + 1)) {
    let before = close
    while (text[before - 1] === '\\') before -= 1
    if ((close - before) % 2 === 0) return close + 1
  }
}

/** A string of JSON with what Go reads for half a surrogate pair. */
const wellFormed = (string: string): string =>
  string.includes('\\u') ? JSON.stringify((JSON.parse(string) as string).replace(/\p{Surrogate}/gu, '\ufffd')) : string

/** JSON without the white space between its tokens, which the reader of terms does not know. */
const compact = (text: string): string => {
  const parts: string[] = []
  let at = 0
  for (let open = text.indexOf('"'); open !== -1; open = text.indexOf('"', at)) {
    const end = stringEnd(text, open)
    parts.push(text.slice(at, open).replace(/[\t\n\r ]+/g, ''), wellFormed(text.slice(open, end)))
    at = end
  }
  return parts.join('') + text.slice(at).replace(/[\t\n\r ]+/g, '')
}

/**
 * The value of a JSON text, as Go reads it, with numbers as they were written.
 *
 * @throws `SyntaxError` where it is no JSON.
 */
export const readWrittenJson = (text: string): RegoValue => {
  JSON.parse(text)
  return readWritten(compact(text))
}
