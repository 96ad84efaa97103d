import type { Position, Range } from '../problem'

const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d

/** Turns offsets into lines and columns. The index is built when first asked. */
export interface Lines {
  readonly position: (offset: number) => Position
  readonly range: (start: number, end: number) => Range
  readonly text: (line: number) => string
}

export const linesOf = (text: string): Lines => {
  let index: Int32Array | undefined
  const starts = (): Int32Array => {
    index ??= lineStarts(text)
    return index
  }
  const position = (offset: number): Position => {
    const line = lastAtOrBefore(starts(), offset)
    return { line: line + 1, column: offset - (starts()[line] ?? 0) + 1 }
  }
  return {
    position,
    range: (start, end) => ({ start: position(start), end: position(end) }),
    text: (line) => {
      const start = starts()[line - 1]
      if (start === undefined) return ''
      // By position: compact JSON is one line, as long as its file, and is asked for once a finding.
      let end = starts()[line] ?? text.length
      if (end > start && text.charCodeAt(end - 1) === LINE_FEED) end -= 1
      if (end > start && text.charCodeAt(end - 1) === CARRIAGE_RETURN) end -= 1
      return text.slice(start, end)
    },
  }
}

/** Four bytes a line: a large cluster's JSON has millions of them. */
const lineStarts = (text: string): Int32Array => {
  let starts = new Int32Array(1024)
  let count = 1
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    if (count === starts.length) {
      const larger = new Int32Array(count * 2)
      larger.set(starts)
      starts = larger
    }
    starts[count] = at + 1
    count += 1
  }
  return starts.slice(0, count)
}

const lastAtOrBefore = (starts: Int32Array, offset: number): number => {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low
}
