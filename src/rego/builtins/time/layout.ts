/** A piece of a layout: literal text, then an element of a time, which the last piece has not. */
export interface LayoutPiece {
  readonly literal: string
  /** The element as the layout writes it: `2006`, `Jan`, `-07:00`, `.000`. */
  readonly element?: string
}

/** Names that OPA takes for layouts. Source: Go's package time. */
const NAMED: Readonly<Record<string, string>> = {
  ANSIC: 'Mon Jan _2 15:04:05 2006',
  UnixDate: 'Mon Jan _2 15:04:05 MST 2006',
  RubyDate: 'Mon Jan 02 15:04:05 -0700 2006',
  RFC822: '02 Jan 06 15:04 MST',
  RFC822Z: '02 Jan 06 15:04 -0700',
  RFC850: 'Monday, 02-Jan-06 15:04:05 MST',
  RFC1123: 'Mon, 02 Jan 2006 15:04:05 MST',
  RFC1123Z: 'Mon, 02 Jan 2006 15:04:05 -0700',
  RFC3339: '2006-01-02T15:04:05Z07:00',
  RFC3339Nano: '2006-01-02T15:04:05.999999999Z07:00',
}

// The elements in the order in which Go tries them at each place; `_2006` is an underscore and a year.
const ELEMENT =
  /January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|0[1-6]|002|15|1|2006|2|_2(?!006)|__2|[345]|PM|pm|-070000|-07:00:00|-0700|-07:00|-07|Z070000|Z07:00:00|Z0700|Z07:00|Z07|[.,](?:0+|9+)(?!\d)/g

const MOST_CACHED = 100
const cache = new Map<string, readonly LayoutPiece[]>()

/** The pieces of a layout, which may be a name such as `RFC1123`. Source: Go's `time.Layout`. */
export const layoutPieces = (layout: string): readonly LayoutPiece[] => {
  const known = cache.get(layout)
  if (known !== undefined) return known
  const pieces = piecesOf(Object.hasOwn(NAMED, layout) ? (NAMED[layout] ?? layout) : layout)
  if (cache.size >= MOST_CACHED) cache.clear()
  cache.set(layout, pieces)
  return pieces
}

const piecesOf = (layout: string): readonly LayoutPiece[] => {
  let end = 0
  const pieces: LayoutPiece[] = []
  for (const { 0: element, index } of layout.matchAll(ELEMENT)) {
    pieces.push({ literal: layout.slice(end, index), element })
    end = index + element.length
  }
  return [...pieces, { literal: layout.slice(end) }]
}

/** True for `.000`, `,9` and the like. */
export const isFraction = (element: string | undefined): boolean => element !== undefined && /^[.,]/.test(element)

// Go keeps the number of digits in twelve bits.
export const fractionDigits = (element: string): number => (element.length - 1) & 0xfff

export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const

export const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const
