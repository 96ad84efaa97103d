import { isPrintable } from '../../printable'
import { canBackquote, quoteCharacter, quoteText } from '../../quote'
import { utf8Bytes } from '../utf8'
import { type FloatVerb, floatText } from './float'

/** A value of one of the Go types that OPA hands to Go's fmt. */
export type GoValue =
  | { readonly type: 'int64' | '*big.Int'; readonly value: bigint }
  | { readonly type: 'float64'; readonly value: number }
  | { readonly type: 'string'; readonly value: string }

/** What stands between `%` and the verb. `plusV` and `sharpV` are the flags of `%+v` and `%#v`, which say other things there. */
export interface Flags {
  readonly minus: boolean
  readonly plus: boolean
  readonly sharp: boolean
  readonly space: boolean
  readonly zero: boolean
  readonly plusV: boolean
  readonly sharpV: boolean
  readonly width: number | undefined
  readonly precision: number | undefined
}

export const NO_FLAGS: Flags = {
  minus: false,
  plus: false,
  sharp: false,
  space: false,
  zero: false,
  plusV: false,
  sharpV: false,
  width: undefined,
  precision: undefined,
}

const REPLACEMENT = '\ufffd'

/** A value by a verb, as Go's `fmt.Sprintf` writes it. */
export const formatGo = (given: GoValue, verb: string, flags: Flags): string => {
  if (verb === 'T') return plainText(given.type, flags)
  switch (given.type) {
    case 'string':
      return text(given.value, verb, flags) ?? badVerb(given, verb, flags)
    case 'float64':
      return float(given.value, verb, flags) ?? badVerb(given, verb, flags)
    case 'int64':
      return int64(given.value, verb, flags) ?? badVerb(given, verb, flags)
    case '*big.Int':
      if (verb === 'p') return integer(ADDRESS, 16, 'x', { ...flags, sharp: !flags.sharp })
      return verb === 'w' ? `%!w(*big.Int=${words(given.value, flags)})` : bigInt(given.value, verb, flags)
  }
}

const badVerb = (given: GoValue, verb: string, flags: Flags): string =>
  `%!${verb}(${given.type}=${formatGo(given, 'v', flags)})`

const lengthOf = (characters: string): number => {
  let length = 0
  for (const _ of characters) length += 1
  return length
}

const padding = (length: number, { zero, minus }: Flags): string =>
  (zero && !minus ? '0' : ' ').repeat(Math.max(0, length))

const padded = (characters: string, flags: Flags): string => {
  if (!flags.width) return characters
  const pad = padding(flags.width - lengthOf(characters), flags)
  return flags.minus ? characters + pad : pad + characters
}

const truncated = (characters: string, { precision }: Flags): string =>
  precision === undefined || characters.length <= precision ? characters : [...characters].slice(0, precision).join('')

const plainText = (characters: string, flags: Flags): string => padded(truncated(characters, flags), flags)

const text = (value: string, verb: string, flags: Flags): string | undefined => {
  switch (verb) {
    case 'v':
      return flags.sharpV ? quotedText(value, flags) : plainText(value, flags)
    case 's':
      return plainText(value, flags)
    case 'q':
      return quotedText(value, flags)
    case 'x':
      return bytes(value, flags)
    case 'X':
      return bytes(value, flags, true)
    default:
      return undefined
  }
}

const quotedText = (value: string, flags: Flags): string => {
  const shown = truncated(value, flags)
  return padded(flags.sharp && canBackquote(shown) ? `\`${shown}\`` : quoteText(shown, flags.plus), flags)
}

const bytes = (value: string, flags: Flags, upper = false): string => {
  const shown = utf8Bytes(value).subarray(0, flags.precision)
  if (shown.length === 0) return padding(flags.width ?? 0, flags)
  const prefix = flags.sharp ? '0x' : ''
  const pairs = Array.from(shown, (byte) => byte.toString(16).padStart(2, '0'))
  const joined = prefix + pairs.join(flags.space ? ` ${prefix}` : '')
  return padded(upper ? joined.toUpperCase() : joined, flags)
}

const int64 = (value: bigint, verb: string, flags: Flags): string | undefined => {
  switch (verb) {
    case 'v':
    case 'd':
      return integer(value, 10, verb, flags)
    case 'b':
      return integer(value, 2, verb, flags)
    case 'o':
    case 'O':
      return integer(value, 8, verb, flags)
    case 'x':
    case 'X':
      return integer(value, 16, verb, flags)
    case 'c':
      return padded(characterOf(value), flags)
    case 'q':
      return padded(quoteCharacter(characterOf(value), flags.plus), flags)
    case 'U':
      return unicode(value, flags)
    default:
      return undefined
  }
}

const isCharacter = (value: bigint): boolean => value >= 0n && value <= 0x10ffffn && !(value >> 11n === 0x1bn)

const characterOf = (value: bigint): string => (isCharacter(value) ? String.fromCodePoint(Number(value)) : REPLACEMENT)

const unicode = (value: bigint, flags: Flags): string => {
  const digits = BigInt.asUintN(64, value)
    .toString(16)
    .toUpperCase()
    .padStart(Math.max(flags.precision ?? 4, 4), '0')
  const shown = flags.sharp && isCharacter(value) && isPrintable(Number(value)) ? ` '${characterOf(value)}'` : ''
  return padded(`U+${digits}${shown}`, { ...flags, zero: false })
}

type Base = 2 | 8 | 10 | 16

const signOf = (negative: boolean, { plus, space }: Flags): string => (negative ? '-' : plus ? '+' : space ? ' ' : '')

const integer = (value: bigint, base: Base, verb: string, flags: Flags): string => {
  const { precision, width, zero, minus, sharp } = flags
  if (precision === 0 && value === 0n) return ' '.repeat(width ?? 0)
  const sign = signOf(value < 0n, flags)
  const least = precision ?? (zero && !minus ? (width ?? 0) - sign.length : 0)
  const digits = (value < 0n ? -value : value).toString(base).padStart(least, '0')
  const octal = base === 8 && sharp && !digits.startsWith('0') ? '0' : ''
  const prefix = verb === 'O' ? '0o' : sharp && base === 2 ? '0b' : sharp && base === 16 ? '0x' : ''
  const written = prefix + octal + digits
  return padded(sign + (verb === 'X' ? written.toUpperCase() : written), { ...flags, zero: false })
}

const BASES: Readonly<Record<string, Base>> = { b: 2, o: 8, O: 8, d: 10, s: 10, v: 10, x: 16, X: 16 }
const PREFIXES: Readonly<Record<string, string>> = { b: '0b', o: '0', x: '0x', X: '0X' }

/** As Go's `big.Int` formats itself, which differs from other integers in zeros and in verbs that it knows. */
const bigInt = (value: bigint, verb: string, flags: Flags): string => {
  const base = BASES[verb]
  if (base === undefined) return `%!${verb}(big.Int=${value})`
  const sharp = flags.sharp || flags.sharpV
  const sign = signOf(value < 0n, { ...flags, plus: flags.plus || flags.plusV })
  const prefix = verb === 'O' ? '0o' : sharp ? (PREFIXES[verb] ?? '') : ''
  const plain = (value < 0n ? -value : value).toString(base).padStart(flags.precision ?? 0, '0')
  const digits = verb === 'X' ? plain.toUpperCase() : plain
  const missing = (flags.width ?? 0) - sign.length - prefix.length - digits.length
  if (missing > 0 && flags.zero && !flags.minus && flags.precision === undefined) {
    return sign + prefix + '0'.repeat(missing) + digits
  }
  return padded(sign + prefix + digits, { ...flags, zero: false })
}

/** Where Go keeps a large integer is for nobody to know; `%p` prints it all the same. */
const ADDRESS = 0xc000_000_000n

/** The inside of a large integer, which `%w` prints. */
const words = (value: bigint, flags: Flags): string => {
  const written: bigint[] = []
  for (let rest = value < 0n ? -value : value; rest > 0n; rest >>= 64n) written.push(BigInt.asUintN(64, rest))
  const negative = padded(String(value < 0n), flags)
  if (flags.sharpV) {
    const shown = written.map((word) => integer(word, 16, 'x', { ...flags, sharp: true }))
    return `&big.Int{neg:${negative}, abs:big.nat{${shown.join(', ')}}}`
  }
  const shown = `[${written.map((word) => integer(word, 10, 'v', flags)).join(' ')}]`
  return flags.plusV ? `&{neg:${negative} abs:${shown}}` : `&{${negative} ${shown}}`
}

const FLOATS: Readonly<Record<string, readonly [verb: FloatVerb, precision: number | undefined]>> = {
  v: ['g', undefined],
  b: ['b', undefined],
  g: ['g', undefined],
  G: ['G', undefined],
  x: ['x', undefined],
  X: ['X', undefined],
  f: ['f', 6],
  F: ['f', 6],
  e: ['e', 6],
  E: ['E', 6],
}

const float = (value: number, verb: string, flags: Flags): string | undefined => {
  const kind = FLOATS[verb]
  if (kind === undefined) return undefined
  const [form, usual] = kind
  const precision = flags.precision ?? usual
  const written = floatText(value, form, precision)
  const negative = written.startsWith('-')
  const magnitude = negative ? written.slice(1) : written
  const number = flags.sharp && form !== 'b' ? withPoint(magnitude, form, precision) : magnitude
  const sign = signOf(negative, flags)
  // The sign stands before zeros that fill the width, and a space never counts as one beside a plus.
  if (sign === '' || !flags.zero || flags.minus) return padded(sign + number, flags)
  return sign + padding((flags.width ?? 0) - sign.length - number.length, flags) + number
}

/** The flag `#`: always a point, and for `g` the zeros that were left out. */
const withPoint = (magnitude: string, form: FloatVerb, precision: number | undefined): string => {
  const tailAt = magnitude.search(form === 'x' || form === 'X' ? /p/i : /e/i)
  const [head, tail] = tailAt < 0 ? [magnitude, ''] : [magnitude.slice(0, tailAt), magnitude.slice(tailAt)]
  const wanted = form === 'g' || form === 'G' || form === 'x' ? (precision ?? 6) : 0
  const significant = head.replace('.', '').replace(/^0+/, '').length
  // A lone zero counts as a digit.
  const shown = head === '0' ? 1 : significant
  const zeros = '0'.repeat(Math.max(0, wanted - shown))
  return `${head.includes('.') ? head : `${head}.`}${zeros}${tail}`
}
