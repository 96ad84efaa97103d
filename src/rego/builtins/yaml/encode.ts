import { isNumber, numberText } from '../../number'
import { entriesOf, isRegoArray, type RegoMap, type RegoObject, type RegoValue } from '../../value'
import { isObject } from '../operand'
import { utf8Bytes } from '../utf8'
import { isBreak } from './characters'
import { sortByKey } from './key-order'
import { doubleQuoted, hasBreaks, styleOf } from './scalar-style'

const LONGEST_KEY = 128

const STEP = 2

/**
 * A value of JSON as YAML, laid out as go-yaml v3 does: blocks indented by two, keys in its natural order, texts of several lines
 * as literals. Source: go.yaml.in/yaml/v3, encode.go and emitterc.go.
 */
export const encodeYaml = (value: RegoValue): string =>
  isBlock(value) ? ended(block(value, 0)) : ended(leaf(value, STEP))

/** True for what is laid out over lines: a list or mapping with something in it. */
const isBlock = (value: RegoValue): value is readonly RegoValue[] | RegoObject | RegoMap =>
  isRegoArray(value) ? value.length > 0 : isObject(value) && entriesOf(value).length > 0

const ended = (text: string): string => (isBreak(text.charCodeAt(text.length - 1)) ? text : `${text}\n`)

/** What is no block. */
const leaf = (value: RegoValue, indent: number): string => {
  if (typeof value === 'string') return scalar(value, indent)
  if (isNumber(value)) return numberText(value)
  if (value === null || typeof value === 'boolean') return String(value)
  return isRegoArray(value) ? '[]' : '{}'
}

/** Entries one below the other. The first stands where the caller is. */
const block = (value: readonly RegoValue[] | RegoObject | RegoMap, indent: number): string => {
  const entries = isRegoArray(value)
    ? value.map((item) => `- ${beside(item, indent + STEP)}`)
    : sortByKey(entriesOf(value).map(([key, member]) => [String(key), member])).map(([key, member]) =>
        pair(key, member, indent),
      )
  return entries.map((entry, at) => (at < entries.length - 1 ? ended(entry) : entry)).join(' '.repeat(indent))
}

/** A node that starts on the line. */
const beside = (value: RegoValue, indent: number): string =>
  isBlock(value) ? block(value, indent) : leaf(value, indent)

const pair = (key: string, value: RegoValue, indent: number): string => {
  const inner = indent + STEP
  const isSimple = !hasBreaks(key) && utf8Bytes(key).length <= LONGEST_KEY
  if (!isSimple) return `${ended(`? ${scalar(key, inner)}`)}${' '.repeat(indent)}: ${beside(value, inner)}`
  const name = `${scalar(key, inner)}:`
  return isBlock(value) ? `${name}\n${' '.repeat(inner)}${block(value, inner)}` : `${name} ${leaf(value, inner)}`
}

/** Lines between a break and the next text are indented; empty ones are not. */
const indented = (text: string, indent: number): string => {
  let written = ''
  let broke = false
  for (const character of text) {
    const breaks = isBreak(character.charCodeAt(0))
    written += broke && !breaks ? ' '.repeat(indent) + character : character
    broke = breaks
  }
  return written
}

/** The header of a literal: an indent where it could not be seen, and what becomes of the last line break. */
const literalHeader = (text: string): string => {
  const first = text.charAt(0)
  const hint = first === ' ' || isBreak(first.charCodeAt(0)) ? '2' : ''
  const [last, before] = [text.charCodeAt(text.length - 1), text.charCodeAt(text.length - 2)]
  if (!isBreak(last)) return `|${hint}-`
  return text.length === 1 || isBreak(before) ? `|${hint}+` : `|${hint}`
}

/** A text whose further lines are indented. */
const scalar = (text: string, indent: number): string => {
  switch (styleOf(text)) {
    case 'plain':
      return text
    case 'double':
      return doubleQuoted(text)
    case 'single':
      return `'${indented(text.replaceAll("'", "''"), indent)}'`
    case 'literal':
      return `${literalHeader(text)}${indented(`\n${text}`, indent)}`
  }
}
