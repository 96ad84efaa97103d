/**
 * What kubectl makes of a plain scalar. It reads YAML with go-yaml v2: the words of YAML 1.1 as booleans, a leading
 * zero as octal, underscores in numbers, but no base 60 and no dates.
 */
export type Resolved =
  | { readonly kind: 'null'; readonly value: null }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'int'; readonly value: number; readonly digits: string }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'str'; readonly value: string }

const NULL: Resolved = { kind: 'null', value: null }
const TRUE: Resolved = { kind: 'bool', value: true }
const FALSE: Resolved = { kind: 'bool', value: false }
const float = (value: number): Resolved => ({ kind: 'float', value })

const words = (meaning: Resolved, list: string): [string, Resolved][] => list.split(' ').map((word) => [word, meaning])

const WORDS: ReadonlyMap<string, Resolved> = new Map([
  ...words(NULL, '~ null Null NULL'),
  ['', NULL],
  ...words(TRUE, 'y Y yes Yes YES true True TRUE on On ON'),
  ...words(FALSE, 'n N no No NO false False FALSE off Off OFF'),
  ...words(float(Number.NaN), '.nan .NaN .NAN'),
  ...words(float(Number.POSITIVE_INFINITY), '.inf .Inf .INF +.inf +.Inf +.INF'),
  ...words(float(Number.NEGATIVE_INFINITY), '-.inf -.Inf -.INF'),
])

const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/
const LOWEST = -(2n ** 63n)
const HIGHEST = 2n ** 63n - 1n
const HIGHEST_UNSIGNED = 2n ** 64n - 1n

export const resolvePlain = (text: string): Resolved => {
  const word = WORDS.get(text)
  if (word !== undefined) return word
  const first = text.charCodeAt(0)
  const isDigit = first >= 0x30 && first <= 0x39
  if (!isDigit && first !== 0x2b && first !== 0x2d && first !== 0x2e) return { kind: 'str', value: text }
  // go-yaml takes underscores out of everything that starts with a digit or a sign, not of what starts with a dot.
  const plain = first === 0x2e ? text : text.replaceAll('_', '')
  return integer(plain) ?? decimal(plain) ?? { kind: 'str', value: text }
}

const integer = (plain: string): Resolved | undefined => {
  const match = INTEGER.exec(plain)
  if (match === null) return undefined
  const [, sign = '', hexadecimal, binary, octal, digits] = match
  const magnitude = BigInt(
    hexadecimal !== undefined
      ? `0x${hexadecimal}`
      : binary !== undefined
        ? `0b${binary}`
        : octal !== undefined
          ? `0o${octal}`
          : (digits ?? '0'),
  )
  const value = sign === '-' ? -magnitude : magnitude
  const fits = value >= LOWEST && value <= (sign === '' ? HIGHEST_UNSIGNED : HIGHEST)
  return fits ? { kind: 'int', value: Number(value), digits: String(value) } : undefined
}

const decimal = (plain: string): Resolved | undefined => {
  if (!FLOAT.test(plain)) return undefined
  const value = Number(plain)
  return Number.isFinite(value) ? float(value) : undefined
}

/** The name a plain scalar has as a JSON key; kubectl refuses null. */
export const keyName = (resolved: Resolved): string | undefined => {
  switch (resolved.kind) {
    case 'null':
      return undefined
    case 'int':
      return resolved.digits
    case 'float':
      return floatName(resolved.value)
    default:
      return String(resolved.value)
  }
}

/** Go's `FormatFloat(x, 'g', -1, 32)`: the fewest digits that give the same float32, as kubectl names float keys. */
const floatName = (value: number): string => {
  const single = Math.fround(value)
  if (Number.isNaN(single)) return '.nan'
  if (!Number.isFinite(single)) return single > 0 ? '.inf' : '-.inf'
  if (single === 0) return Object.is(single, -0) ? '-0' : '0'
  const precision = [1, 2, 3, 4, 5, 6, 7, 8].find(
    (digits) => Math.fround(Number(single.toPrecision(digits))) === single,
  )
  const [mantissa = '', exponent = ''] = single.toExponential((precision ?? 9) - 1).split('e')
  const power = Number(exponent)
  if (power >= -4 && power < 6) return String(Number(single.toPrecision(precision ?? 9)))
  const sign = power < 0 ? '-' : '+'
  return `${mantissa}e${sign}${String(Math.abs(power)).padStart(2, '0')}`
}

const STANDARD = 'tag:yaml.org,2002:'
const TIMESTAMP = /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt ]\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?(?:Z|[-+]\d{2}:\d{2})?)?$/

/** The tags kubectl gives a meaning to on a mapping or a list: none. */
export const isCollectionTag = (tag: string): boolean =>
  ['map', 'seq', 'set', 'omap', 'pairs', 'str'].some((name) => tag === STANDARD + name) || tag === '!'

/** The value of a tagged scalar; `undefined` for an unknown tag, `'mismatch'` for a text the tag does not fit. */
export const resolveTagged = (tag: string, text: string): Resolved | 'mismatch' | undefined => {
  const plain = resolvePlain(text)
  const only = (fits: boolean): Resolved | 'mismatch' => (fits ? plain : 'mismatch')
  switch (tag) {
    case '!':
    case `${STANDARD}str`:
      return { kind: 'str', value: text }
    case `${STANDARD}null`:
      return only(plain.kind === 'null')
    case `${STANDARD}bool`:
      return only(plain.kind === 'bool')
    case `${STANDARD}int`:
      return only(plain.kind === 'int')
    case `${STANDARD}float`:
      return only(plain.kind === 'float' || plain.kind === 'int')
    case `${STANDARD}timestamp`:
      return TIMESTAMP.test(text) ? { kind: 'str', value: text } : 'mismatch'
    case `${STANDARD}binary`:
      return binary(text)
    default:
      return undefined
  }
}

const binary = (text: string): Resolved | 'mismatch' => {
  const base64 = text.replace(/[\r\n]/g, '')
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(base64)) return 'mismatch'
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  return { kind: 'str', value: new TextDecoder().decode(bytes) }
}
