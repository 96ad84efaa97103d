import type { JsonObject } from '../json'
import { parsable } from './parsable'
import type { RegoSource } from './source'

/** Strings, raw strings and comments: where a word is no code. */
const TEXT = /"(?:\\.|[^"\\\n])*"|`[^`]*`|#[^\n]*/

/** A template string, whose code stands in braces; of a quote inside them the pattern makes its end, and the rest is code anyway. */
const TEMPLATE = /\$"(?:\\.|[^"\\\n])*"|\$`[^`]*`/

const IN_BRACES = /(?<!\\)\{[^{}]*(?:\}|$)/g

/** A reference to `data`, by a dot or by brackets, and the word after it. */
const DATA = /(?<![.\w])data\s*(?:\.\s*(\w+)|\[\s*"(\w+)"\s*\])/

const TOKENS = new RegExp(`${DATA.source}|${TEMPLATE.source}|${TEXT.source}`, 'g')

/** What a text reads below `data`, each once. */
export const dataRead = (text: string): readonly string[] => [
  ...new Set(
    [...text.matchAll(TOKENS)].flatMap(([found, dotted, bracketed]) =>
      found.startsWith('$') ? dataRead(codeIn(found)) : (dotted ?? bracketed ?? []),
    ),
  ),
]

/** Turns `data.<from>` into another reference; lines stay where they are. */
export const withDataMoved = (text: string, from: string, to: string): string =>
  text.replace(TOKENS, (found: string, dotted?: string, bracketed?: string) =>
    found.startsWith('$')
      ? found.replace(IN_BRACES, (code) => withDataMoved(code, from, to))
      : (dotted ?? bracketed) === from
        ? to
        : found,
  )

/** The code in a template string. */
const codeIn = (template: string): string => (template.match(IN_BRACES) ?? []).join(' ')

/** The text without strings and comments. */
export const codeOf = (text: string): string =>
  text.replace(new RegExp(`${TEMPLATE.source}|${TEXT.source}`, 'g'), (found) =>
    found.startsWith('$') ? codeOf(codeIn(found)) : '',
  )

const PACKAGE = /^([ \t]*package[ \t]+)([\w."[\]-]+)/m

/** The package a text declares, as written. */
export const packageOf = (text: string): string | undefined => PACKAGE.exec(text)?.[2]

/** What wrappers of foreign rules import, and the entrypoint. */
const NEEDED = /^(?:report|lib\.(?:gatekeeper|result|selector))$/

/** Those of the shipped libraries that wrappers need; others could clash with packages of the same name. */
export const neededLibraries = (libraries: readonly RegoSource[]): readonly RegoSource[] =>
  libraries.filter(({ text }) => NEEDED.test(packageOf(text) ?? '')).map(({ name, text }) => ({ name, text }))

/** JSON is Rego. */
export const literal = (value: string | JsonObject | readonly JsonObject[]): string => parsable(JSON.stringify(value))
