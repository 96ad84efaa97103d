import type { JsonObject } from '../json'
import { parsable } from './parsable'
import type { RegoSource } from './source'

/** Strings, raw strings and comments: where a word is no code. */
const TEXT = /"(?:\\.|[^"\\\n])*"|`[^`]*`|#[^\n]*/

/** A reference to `data`, by a dot or by brackets, and the word after it. */
const DATA = /(?<![.\w])data\s*(?:\.\s*(\w+)|\[\s*"(\w+)"\s*\])/

const TOKENS = new RegExp(`${DATA.source}|${TEXT.source}`, 'g')

/** What a text reads below `data`, each once. */
export const dataRead = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(TOKENS)].flatMap(([, dotted, bracketed]) => dotted ?? bracketed ?? [])),
]

/** Turns `data.<from>` into another reference; lines stay where they are. */
export const withDataMoved = (text: string, from: string, to: string): string =>
  text.replace(TOKENS, (found: string, dotted?: string, bracketed?: string) =>
    (dotted ?? bracketed) === from ? to : found,
  )

/** The text without strings and comments. */
export const codeOf = (text: string): string => text.replace(new RegExp(TEXT.source, 'g'), '')

const PACKAGE = /^([ \t]*package[ \t]+)([\w."[\]-]+)/m
const IMPORTS_KEYWORDS = /^[ \t]*import[ \t]+future\.keywords\b.*$/gm
const IMPORTS_V1 = /^[ \t]*import[ \t]+rego\.v1\b/m

/** The package a text declares, as written. */
export const packageOf = (text: string): string | undefined => PACKAGE.exec(text)?.[2]

/**
 * A text of Rego v1 that is read as such among texts of v0: `import rego.v1` says so. It goes on the line of the package, so that
 * lines stay where they are.
 */
export const markedV1 = (text: string): string =>
  IMPORTS_V1.test(text)
    ? text
    : // The two kinds of import exclude each other.
      text.replace(IMPORTS_KEYWORDS, '').replace(PACKAGE, (statement) => `${statement} import rego.v1`)

/** What wrappers of foreign rules import, and the entrypoint. */
const NEEDED = /^(?:report|lib\.(?:gatekeeper|result|selector))$/

/** Those of the shipped libraries that wrappers need; others could clash with packages of the same name. */
export const neededLibraries = (libraries: readonly RegoSource[]): readonly RegoSource[] =>
  libraries
    .filter(({ text }) => NEEDED.test(packageOf(text) ?? ''))
    .map(({ name, text }) => ({ name, text: markedV1(text) }))

/** JSON is Rego. */
export const literal = (value: string | JsonObject | readonly JsonObject[]): string => parsable(JSON.stringify(value))
