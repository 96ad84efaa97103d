import { isArray, isObject, type Json, type JsonObject, member, type Path } from '../json'
import type { Location, Range } from '../problem'

/**
 * A YAML or JSON document that was read already, with its places. The compiler parses no YAML: whoever has the files has a
 * parser, and a second one would read some text differently. A document of `readSource` is one.
 */
export interface ParsedDocument {
  readonly source: string
  readonly value: Json
  readonly locate: (path: Path) => Range
  /** A line of the source, counted from 1. */
  readonly lineText: (line: number) => string
}

/** One object of a document, which may be an entry of a list. */
export interface Entry {
  readonly document: ParsedDocument
  readonly path: Path
  readonly value: JsonObject
}

/** The objects of documents; those of a `List` one by one. */
export const entriesIn = (documents: readonly ParsedDocument[]): readonly Entry[] =>
  documents.flatMap((document) => entriesAt(document, document.value, []))

const entriesAt = (document: ParsedDocument, value: Json, path: Path): readonly Entry[] => {
  if (!isObject(value)) return []
  const items = member(value, 'items')
  const isList = typeof value['kind'] === 'string' && value['kind'].endsWith('List') && isArray(items)
  return isList
    ? items.flatMap((item, at) => entriesAt(document, item, [...path, 'items', at]))
    : [{ document, path, value }]
}

/** The place of a path inside an object. */
export const locationOf = ({ document, path }: Entry, inside: Path = []): Location => ({
  source: document.source,
  ...document.locate([...path, ...inside]),
})
