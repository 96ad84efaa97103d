import type { Json, Path } from '../json'
import type { Location, Problem, Range } from '../problem'

/** A text with a name. Bytes are decoded here: UTF-8, or UTF-16 by its byte order mark or its NULs. */
export interface Source {
  readonly name: string
  readonly text: string | Uint8Array
}

/** One document of a source, as kubectl reads it; lines and columns are worked out only when asked for. */
export interface Document {
  readonly source: string
  /** The position among the documents of the source that are not empty, from 0. */
  readonly index: number
  readonly value: Json
  /**
   * The range of the field at a path: from its key (of a list item: from its first character) to the end of its
   * value. Where the path leaves the document, that of the closest parent; for the empty path, the whole content.
   */
  readonly locate: (path: Path) => Range
  /** A line of the source, counted from 1, without its line break. */
  readonly lineText: (line: number) => string
}

/** The range of a path in a document, as a location. */
export const locationIn = (document: Document, path: Path): Location => ({
  source: document.source,
  ...document.locate(path),
})

/** What a source holds, and what is wrong with it. */
export interface Reading {
  readonly documents: readonly Document[]
  readonly problems: readonly Problem[]
}

/** What is refused, so that memory and time stay bounded whatever is given. */
export interface Limits {
  /** The size of one source. */
  readonly bytes: number
  /**
   * The size of one YAML document that needs the whole of YAML (anchors, tags, flow over several lines, ...): its
   * syntax tree takes about a hundred times its text. Plain block YAML and JSON are bounded by `bytes` alone.
   */
  readonly yamlDocumentBytes: number
  /** How deep mappings and lists stand inside each other. Deep enough for every CRD schema; recursion is safe. */
  readonly depth: number
  /** How many values the aliases of one document stand for. */
  readonly aliases: number
}

const MEBIBYTE = 1024 * 1024

/** 400 MiB is below the longest string of every engine. */
export const DEFAULT_LIMITS: Limits = {
  bytes: 400 * MEBIBYTE,
  yamlDocumentBytes: 16 * MEBIBYTE,
  depth: 200,
  aliases: 100_000,
}
