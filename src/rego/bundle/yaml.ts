import { isAlias, isMap, isScalar, parseAllDocuments, type Scalar, visit } from 'yaml'
import type { RegoNumber } from '../number'
import { isRegoArray, type RegoObject, type RegoValue } from '../value'

// OPA reads YAML with go-yaml v3: the words of the 1.2 core schema, but also 0644 and 0b1 as integers and 1_000 with its
// underscores, no times, and merge keys. What JSON cannot say is an error.

const WORDS: ReadonlyMap<string, RegoValue> = new Map<string, RegoValue>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
])

const NOT_JSON = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/
const INTEGER = /^([-+]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/
const LOWEST = -(2n ** 63n)
const HIGHEST = 2n ** 64n

const integer = (text: string): RegoNumber | undefined => {
  const [, sign, digits = ''] = INTEGER.exec(text) ?? []
  if (sign === undefined) return undefined
  const value = BigInt(/^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits) * (sign === '-' ? -1n : 1n)
  // What Go holds in no integer is read as a float.
  if (value < LOWEST || value >= (sign === '' ? HIGHEST : HIGHEST / 2n)) return undefined
  return Number.isSafeInteger(Number(value)) ? Number(value) : value
}

const float = (text: string): number | undefined => {
  const value = FLOAT.test(text) ? Number(text) : Number.NaN
  return Number.isFinite(value) ? value : undefined
}

/** What a plain scalar means. */
const plain = (text: string): RegoValue => {
  const word = WORDS.get(text)
  if (word !== undefined) return word
  if (NOT_JSON.test(text)) throw new Error(`${text} is no number of JSON`)
  const digits = /^[-+\d]/.test(text) ? text.replaceAll('_', '') : text
  return integer(digits) ?? float(digits) ?? text
}

const binary = (text: string): string =>
  new TextDecoder().decode(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)))

const STANDARD = 'tag:yaml.org,2002:'

const TYPES: { readonly [tag: string]: (value: RegoValue) => boolean } = {
  null: (value) => value === null,
  bool: (value) => typeof value === 'boolean',
  int: (value) => typeof value === 'bigint' || Number.isInteger(value),
  float: (value) => typeof value === 'bigint' || typeof value === 'number',
}

/** A block that ends with the text ends without a line break where the text does; the library adds one. */
const sourceOf = ({ source = '', type, range }: Scalar, text: string): string =>
  type?.startsWith('BLOCK') === true && (range?.[1] ?? 0) >= text.length && !text.endsWith('\n')
    ? source.replace(/\n$/, '')
    : source

const resolved = (scalar: Scalar, text: string): RegoValue => {
  const source = sourceOf(scalar, text)
  const { tag, type } = scalar
  if (tag === undefined) return type === 'PLAIN' ? plain(source) : source
  if (!tag.startsWith(STANDARD)) return source
  const name = tag.slice(STANDARD.length)
  if (name === 'str') return source
  if (name === 'binary') return binary(source)
  const value = plain(source)
  if (TYPES[name]?.(value) !== true) throw new Error(`${source} is not understood with the tag !!${name}`)
  return value
}

/** The characters that a value has as text; aliases make one part count many times. */
const sizer = (): ((value: RegoValue) => number) => {
  const sizes = new Map<RegoValue, number>()
  const size = (value: RegoValue): number => {
    if (value === null || typeof value !== 'object') return String(value).length + 1
    const known = sizes.get(value)
    if (known !== undefined) return known
    const parts = isRegoArray(value)
      ? value.map(size)
      : Object.entries(value as RegoObject).map(([key, member]) => key.length + size(member))
    const total = parts.reduce((sum, part) => sum + part, 2)
    sizes.set(value, total)
    return total
  }
  return size
}

// OPA writes a float as a key with the digits of a float of 32 bits; of these texts both spellings are one.
const PLAIN_KEY_LENGTH = 6

const isKey = ({ value, source = '' }: Scalar): boolean =>
  typeof value === 'number' && !Number.isInteger(value)
    ? String(value) === source && source.length <= PLAIN_KEY_LENGTH
    : value !== null && (typeof value !== 'number' || !/[.e]/i.test(source) || /^[-+]?0x/i.test(source))

const isForeign = (tag: string | undefined, own: string): boolean =>
  tag?.startsWith(STANDARD) === true && tag !== STANDARD + own

/** What is wrong with a stream; a tag of one's own is not. */
const faults = (stream: ReturnType<typeof parseAllDocuments>): readonly Error[] =>
  ('empty' in stream ? [stream] : stream).flatMap(({ errors, warnings }) => [
    ...errors,
    ...warnings.filter(({ code }) => code !== 'TAG_RESOLVE_FAILED'),
  ])

/**
 * The first document of a YAML text, as OPA reads it; the others must be YAML too.
 *
 * @throws where the text is no YAML, has no form in JSON, or its aliases expand to more characters than the limit.
 */
export const readYaml = (given: string, limit: number): RegoValue => {
  const text = given.replace(/^\ufeff/, '')
  const documents = parseAllDocuments(text, {
    schema: 'failsafe',
    merge: true,
    uniqueKeys: false,
    logLevel: 'silent',
  })
  const [fault] = faults(documents)
  if (fault !== undefined) throw fault
  const [document] = documents
  if (document === undefined) return null
  visit(document, {
    Scalar: (_, scalar) => {
      scalar.value = resolved(scalar, text)
    },
  })
  visit(document, {
    Pair: (_, { key }) => {
      const name = isAlias(key) ? key.resolve(document) : key
      if (!isScalar(name) || !isKey(name)) throw new Error('a key is neither text, boolean nor a plain number')
    },
    Node: (_, node) => {
      if (!isAlias(node) && !isScalar(node) && isForeign(node.tag, isMap(node) ? 'map' : 'seq')) {
        throw new Error(`the tag ${node.tag} is not understood`)
      }
    },
  })
  // What the library makes of the resolved scalars is arrays and objects of them.
  const value = document.toJS({ maxAliasCount: -1 }) as RegoValue
  if (sizer()(value) > limit) throw new Error('its aliases expand to more than the limit')
  return value
}
