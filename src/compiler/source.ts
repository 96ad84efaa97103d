import type { Location, Position } from '../problem'

/** A text and the name that problems call it by. */
export interface NamedText {
  readonly name: string
  readonly text: string
}

/** A Rego text. */
export interface RegoSource extends NamedText {
  /** How this text is read where it has no `import rego.v1`. Default: as all are, `regoVersion` of the options. */
  readonly regoVersion?: 'v0' | 'v1'
}

/** A place as OPA counts it: rows and columns from 1, columns in code points, the end exclusive. */
export interface Span {
  readonly file: string
  readonly row: number
  readonly col: number
  readonly endRow: number
  readonly endCol: number
}

// Characters outside the basic plane are one code point and two UTF-16 units.
const utf16Column = (line: string, col: number): number =>
  [...line].slice(0, col - 1).join('').length + 1 + Math.max(0, col - 1 - [...line].length)

const positionIn = (lines: readonly string[], row: number, col: number): Position => ({
  line: row,
  column: utf16Column(lines[row - 1] ?? '', col),
})

/** Turns OPA's places in these texts into locations. */
export const locator = (sources: readonly NamedText[]): ((span: Span) => Location) => {
  const texts = new Map(sources.map(({ name, text }) => [name, text]))
  return (span) => {
    const lines = (texts.get(span.file) ?? '').split('\n')
    return {
      source: span.file,
      start: positionIn(lines, span.row, span.col),
      end: positionIn(lines, span.endRow, span.endCol),
    }
  }
}
