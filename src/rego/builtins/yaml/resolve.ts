import { BuiltinRefusal } from '../../builtin'
import { bytesOfBase64 } from '../base64'
import { utf8Text } from '../utf8'
import type { Scalar } from './parser'
import { parseTimestamp } from './timestamp'

/** What a scalar means. */
export type Resolved =
  | { readonly type: 'null' }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'int'; readonly value: bigint }
  | { readonly type: 'float'; readonly value: number }
  | { readonly type: 'str'; readonly value: string }
  | { readonly type: 'binary'; readonly value: string }
  /** An instant, and how it is printed. */
  | { readonly type: 'timestamp'; readonly value: string }
  /** A plain `<<`. */
  | { readonly type: 'merge' }

const NULL: Resolved = { type: 'null' }
const float = (value: number): Resolved => ({ type: 'float', value })

const words = (meaning: Resolved, list: string): [string, Resolved][] => list.split(' ').map((word) => [word, meaning])

const WORDS: ReadonlyMap<string, Resolved> = new Map([
  ...words(NULL, '~ null Null NULL'),
  ['', NULL],
  ...words({ type: 'bool', value: true }, 'true True TRUE'),
  ...words({ type: 'bool', value: false }, 'false False FALSE'),
  ...words(float(Number.NaN), '.nan .NaN .NAN'),
  ...words(float(Number.POSITIVE_INFINITY), '.inf .Inf .INF +.inf +.Inf +.INF'),
  ...words(float(Number.NEGATIVE_INFINITY), '-.inf -.Inf -.INF'),
])

const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]([0-7]+)|0([0-7]+)|(0|[1-9][0-9]*))$/
// What go-yaml tries once more: `0b` and `0o` before another sign.
const SIGNED_AFTER_PREFIX = /^0(?:b([-+][01]+)|o([-+][0-7]+))$/
const DECIMAL = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/
// Go reads underscores between the digits of what starts with a point.
const POINTED = /^\.\d+(?:_\d+)*(?:[eE][-+]?\d+(?:_\d+)*)?$/
const LOWEST = -(2n ** 63n)
const HIGHEST = 2n ** 63n - 1n
const HIGHEST_UNSIGNED = 2n ** 64n - 1n

const integer = (text: string): Resolved | undefined => {
  const match = INTEGER.exec(text)
  if (match === null) return undefined
  const [, sign, hexadecimal, binary, octal, oldOctal, digits] = match
  const magnitude =
    hexadecimal !== undefined
      ? BigInt(`0x${hexadecimal}`)
      : binary !== undefined
        ? BigInt(`0b${binary}`)
        : BigInt(digits ?? `0o${octal ?? oldOctal}`)
  const value = sign === '-' ? -magnitude : magnitude
  // Only without a sign may it fill 64 bits.
  return value >= LOWEST && value <= (sign === '' ? HIGHEST_UNSIGNED : HIGHEST) ? { type: 'int', value } : undefined
}

const signedAfterPrefix = (text: string): Resolved | undefined => {
  const [, binary, octal] = SIGNED_AFTER_PREFIX.exec(text) ?? []
  const digits = binary ?? octal
  if (digits === undefined) return undefined
  const magnitude = BigInt(`0${binary === undefined ? 'o' : 'b'}${digits.slice(1)}`)
  const value = digits.startsWith('-') ? -magnitude : magnitude
  return value >= LOWEST && value <= HIGHEST ? { type: 'int', value } : undefined
}

const decimal = (text: string): Resolved | undefined => {
  const value = DECIMAL.test(text) ? Number(text) : Number.NaN
  return Number.isFinite(value) ? float(value) : undefined
}

/** What a text without quotes and tag means, but for merges and instants. */
export const resolvePlain = (text: string): Resolved => {
  const word = WORDS.get(text)
  if (word !== undefined) return word
  const first = text.charAt(0)
  if (first === '.')
    return (POINTED.test(text) ? decimal(text.replaceAll('_', '')) : undefined) ?? { type: 'str', value: text }
  if (!/[-+\d]/.test(first)) return { type: 'str', value: text }
  const digits = text.replaceAll('_', '')
  return integer(digits) ?? decimal(digits) ?? signedAfterPrefix(digits) ?? { type: 'str', value: text }
}

const binary = (text: string): Resolved => {
  const bytes = bytesOfBase64(text)
  if (bytes === undefined) throw new BuiltinRefusal('a scalar with the tag !!binary is not base64')
  return { type: 'binary', value: utf8Text(bytes) }
}

const mismatch = (tag: string): never => {
  throw new BuiltinRefusal(`a scalar does not fit its tag ${tag}`)
}

const timestamp = (text: string): Resolved => {
  const value = parseTimestamp(text)
  return value === undefined ? mismatch('!!timestamp') : { type: 'timestamp', value }
}

/**
 * What a scalar means. Tags that are not YAML's own leave it a text. Source: go.yaml.in/yaml/v3, resolve.go.
 *
 * @throws `BuiltinRefusal` where it does not fit its tag.
 */
export const resolve = ({ text, plain, tag }: Scalar): Resolved => {
  switch (tag) {
    case undefined:
      if (!plain) return { type: 'str', value: text }
      return text === '<<' ? { type: 'merge' } : resolvePlain(text)
    case '!!binary':
      return binary(text)
    case '!!timestamp':
      return timestamp(text)
    case '!!float': {
      const resolved = resolvePlain(text)
      // Go converts what fits a signed integer only.
      if (resolved.type === 'int' && resolved.value <= HIGHEST) return float(Number(resolved.value))
      return resolved.type === 'float' ? resolved : mismatch(tag)
    }
    case '!!null':
    case '!!bool':
    case '!!int': {
      const resolved = resolvePlain(text)
      return `!!${resolved.type}` === tag ? resolved : mismatch(tag)
    }
    default:
      return { type: 'str', value: text }
  }
}
