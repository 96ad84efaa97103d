import { contentStart, lineEnd } from '../content'

/** The text of one YAML document: offsets into the source. */
export interface Slice {
  readonly start: number
  /** Before the next `---` or `...` line. */
  readonly end: number
  /** It starts at its directives or its `---`; else the marker stood alone and is left out. */
  readonly marked: boolean
}

/**
 * Cuts a text at its document markers, as kubectl does, so that a broken document cannot take the next one with it.
 * A line that starts with a marker is one inside of quotes and block scalars too. Documents without content are left out.
 */
export const splitDocuments = (text: string): readonly Slice[] => {
  const slices: Slice[] = []
  let open: Slice = { start: 0, end: 0, marked: false }
  for (const marker of markers(text)) {
    const starts = text.startsWith('---', marker)
    const directives = starts && !open.marked && holdsDirectivesOnly(text, open.start, marker)
    if (!directives && contentStart(text, open.start, marker) < marker) slices.push({ ...open, end: marker })
    const next = lineEnd(text, marker, text.length)
    if (directives) open = { ...open, marked: true }
    else if (starts && contentStart(text, marker + 3, next) < next) open = { start: marker, end: 0, marked: true }
    else open = { start: Math.min(next + 1, text.length), end: 0, marked: false }
  }
  if (contentStart(text, open.start, text.length) < text.length) slices.push({ ...open, end: text.length })
  return slices.filter((slice) => !slice.marked || !holdsMarkerOnly(text, slice))
}

/** Directives followed by a bare marker and nothing else. */
const holdsMarkerOnly = (text: string, { start, end }: Slice): boolean => {
  const marker = text.startsWith('---', start) ? start : text.indexOf('\n---', start) + 1
  return contentStart(text, marker + 3, end) === end
}

function* markers(text: string): Generator<number> {
  if (isMarker(text, 0)) yield 0
  let hyphens = text.indexOf('\n---')
  let dots = text.indexOf('\n...')
  while (hyphens !== -1 || dots !== -1) {
    const first = hyphens === -1 || (dots !== -1 && dots < hyphens) ? dots : hyphens
    if (isMarker(text, first + 1)) yield first + 1
    if (first === hyphens) hyphens = text.indexOf('\n---', first + 1)
    else dots = text.indexOf('\n...', first + 1)
  }
}

const isMarker = (text: string, at: number): boolean =>
  (text.startsWith('---', at) || text.startsWith('...', at)) &&
  (at + 3 >= text.length || ' \t\r\n'.includes(text.charAt(at + 3)))

const holdsDirectivesOnly = (text: string, start: number, end: number): boolean => {
  let at = contentStart(text, start, end)
  const found = at < end
  while (at < end) {
    if (text[at] !== '%' || (at > 0 && text[at - 1] !== '\n')) return false
    at = contentStart(text, lineEnd(text, at, end), end)
  }
  return found
}
