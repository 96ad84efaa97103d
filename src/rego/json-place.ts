import type { Location } from '../problem'
import { placeOf } from './fault'
import { JSON_READING, NotTerm, readTerm } from './term'

/** Where a text stops being JSON. The runtime's own message has it in some runtimes only, and repeats the text. */
export const jsonPlace = (text: string, source: string): Location | undefined => {
  try {
    readTerm(text, JSON_READING)
    // A set, or a key that is no string: a term, and no JSON.
    return undefined
  } catch (error) {
    if (!(error instanceof NotTerm)) return undefined
    const before = text.slice(0, error.at).split('\n')
    return placeOf(source, before.length, (before.at(-1)?.length ?? 0) + 1)
  }
}
