/** The code of a character that is not there: behind the end. */
export const END = -1

// Tab, line breaks, and what prints: a text with any other character is no YAML.
const FORBIDDEN = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u

/** True for a text that holds a character that YAML does not. */
export const hasForbidden = (text: string): boolean => FORBIDDEN.test(text)

/** Space or tab. */
export const isBlank = (code: number): boolean => code === 0x20 || code === 0x09

/** A line break of YAML 1.1: beside the usual ones NEL, LS and PS. */
export const isBreak = (code: number): boolean =>
  code === 0x0a || code === 0x0d || code === 0x85 || code === 0x2028 || code === 0x2029

export const isBreakOrEnd = (code: number): boolean => code === END || isBreak(code)

export const isBlankOrEnd = (code: number): boolean => isBlank(code) || isBreakOrEnd(code)

export const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39

/** Letters, digits, `_` and `-`: what names consist of. */
export const isWord = (code: number): boolean =>
  isDigit(code) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || code === 0x5f || code === 0x2d
