const QUOTE = 0x22
const COMMA = 0x2c
const OPEN_LIST = 0x5b
const BACKSLASH = 0x5c
const CLOSE_LIST = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d

/** The first character from an offset on that is no blank. */
export const skipBlank = (text: string, from: number): number => {
  let at = from
  for (;;) {
    const code = text.charCodeAt(at)
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return at
    at += 1
  }
}

/** Behind the string that starts at an offset. */
export const skipString = (text: string, from: number): number => {
  let at = from + 1
  for (;;) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) return at + 1
    if (Number.isNaN(code)) return at
    at += code === BACKSLASH ? 2 : 1
  }
}

const isEnd = (code: number): boolean =>
  code === COMMA || code === CLOSE_LIST || code === CLOSE_OBJECT || code <= 0x20 || Number.isNaN(code)

/** Behind the value that starts at an offset. Loops instead of recursing: nesting may be deep. */
export const skipValue = (text: string, from: number): number => {
  let at = from
  let depth = 0
  for (;;) {
    const code = text.charCodeAt(at)
    // Blanks are most of an indented text.
    if (code <= 0x20) {
      at += 1
      continue
    }
    if (Number.isNaN(code)) return at
    if (code === QUOTE) at = skipString(text, at)
    else if (code === OPEN_LIST || code === OPEN_OBJECT) {
      depth += 1
      at += 1
    } else if (code === CLOSE_LIST || code === CLOSE_OBJECT) {
      depth -= 1
      at += 1
    } else if (depth === 0) {
      while (!isEnd(text.charCodeAt(at))) at += 1
      return at
    } else at += 1
    if (depth === 0) return at
  }
}

/** Where the nesting of a part of a text first goes beyond a depth. */
export const firstTooDeep = (text: string, from: number, to: number, limit: number): number | undefined => {
  let depth = 0
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) at = skipString(text, at) - 1
    else if (code === OPEN_LIST || code === OPEN_OBJECT) {
      depth += 1
      if (depth > limit) return at
    } else if (code === CLOSE_LIST || code === CLOSE_OBJECT) depth -= 1
  }
  return undefined
}

/** A member of an object: where its key starts and where its value does. */
export interface MemberSpan {
  readonly keyStart: number
  readonly keyEnd: number
  readonly valueStart: number
}

/** Visits each member of the object at an offset. */
export function* membersAt(text: string, from: number): Generator<MemberSpan> {
  let at = skipBlank(text, from + 1)
  while (text.charCodeAt(at) === QUOTE) {
    const keyStart = at
    const keyEnd = skipString(text, at)
    const valueStart = skipBlank(text, skipBlank(text, keyEnd) + 1)
    yield { keyStart, keyEnd, valueStart }
    at = skipBlank(text, skipValue(text, valueStart))
    if (text.charCodeAt(at) !== COMMA) return
    at = skipBlank(text, at + 1)
  }
}

/** The key of a member. */
export const keyOf = (text: string, { keyStart, keyEnd }: MemberSpan): string => {
  const written = text.slice(keyStart, keyEnd)
  return written.includes('\\') ? String(JSON.parse(written)) : written.slice(1, -1)
}

/** Visits where each entry of the list at an offset starts. */
export function* entriesAt(text: string, from: number): Generator<number> {
  let at = skipBlank(text, from + 1)
  while (text.charCodeAt(at) !== CLOSE_LIST && at < text.length) {
    yield at
    at = skipBlank(text, skipValue(text, at))
    if (text.charCodeAt(at) !== COMMA) return
    at = skipBlank(text, at + 1)
  }
}

export const isObjectAt = (text: string, at: number): boolean => text.charCodeAt(at) === OPEN_OBJECT
export const isListAt = (text: string, at: number): boolean => text.charCodeAt(at) === OPEN_LIST
