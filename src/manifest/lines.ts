import type { Position, Range } from '../problem'

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
      return start === undefined ? '' : text.slice(start, starts()[line] ?? text.length).replace(/\r?\n$/, '')
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
