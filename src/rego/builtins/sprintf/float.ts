/** How a double is written: `b` and `x` by powers of two, `e` with an exponent, `f` without, `g` as the shorter of the two. */
export type FloatVerb = 'b' | 'e' | 'E' | 'f' | 'g' | 'G' | 'x' | 'X'

/** A decimal as its significant digits and the power of ten before the first of them: 0.digits x 10^point. */
interface Digits {
  readonly digits: string
  readonly point: number
}

/** A finite double as a whole number times a power of two. */
interface Binary {
  readonly mantissa: bigint
  readonly exponent: number
}

const binaryOf = (magnitude: number): Binary => {
  const bits = new DataView(new ArrayBuffer(8))
  bits.setFloat64(0, magnitude)
  const stored = bits.getBigUint64(0)
  const [exponent, fraction] = [Number(stored >> 52n), stored & ((1n << 52n) - 1n)]
  return exponent === 0
    ? { mantissa: fraction, exponent: -1074 }
    : { mantissa: fraction | (1n << 52n), exponent: exponent - 1075 }
}

const trimmed = (digits: string, point: number): Digits => {
  const kept = digits.replace(/0+$/, '')
  return { digits: kept, point: kept === '' ? 0 : point }
}

/** The fewest digits that no other double is nearer to. */
const shortest = (magnitude: number): Digits => {
  if (magnitude === 0) return { digits: '', point: 0 }
  const [digits = '', exponent = '0'] = magnitude.toExponential().split('e')
  return { digits: digits.replace('.', ''), point: Number(exponent) + 1 }
}

/** All digits: a double is a decimal with at most 767 of them. */
const exact = (magnitude: number): Digits => {
  const { mantissa, exponent } = binaryOf(magnitude)
  if (mantissa === 0n) return { digits: '', point: 0 }
  const shifted = exponent < 0 ? mantissa * 5n ** BigInt(-exponent) : mantissa << BigInt(exponent)
  const digits = String(shifted)
  return trimmed(digits, digits.length + Math.min(exponent, 0))
}

/** The first digits, rounded to the nearest and halves to even. */
const rounded = ({ digits, point }: Digits, length: number): Digits => {
  if (length < 0 || length >= digits.length) return { digits, point }
  const [kept, next] = [digits.slice(0, length), digits.charAt(length)]
  const half = next === '5' && digits.length === length + 1
  const up = half ? Number(kept.at(-1) ?? 0) % 2 === 1 : next >= '5'
  if (!up) return trimmed(kept, point)
  const raised = String(BigInt(`0${kept}`) + 1n).padStart(length, '0')
  return trimmed(raised, point + raised.length - length)
}

const signed = (exponent: number): string => `${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`

const withExponent = ({ digits, point }: Digits, precision: number, letter: string): string => {
  const fraction = digits.slice(1, Math.max(1, precision + 1)).padEnd(precision, '0')
  return `${digits.charAt(0) || '0'}${fraction === '' ? '' : `.${fraction}`}${letter}${signed(digits === '' ? 0 : point - 1)}`
}

const withoutExponent = ({ digits, point }: Digits, precision: number): string => {
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0'
  const zeros = '0'.repeat(Math.min(precision, Math.max(0, -point)))
  const fraction = (zeros + digits.slice(Math.max(0, point), Math.max(0, point + precision))).padEnd(precision, '0')
  return fraction === '' ? whole : `${whole}.${fraction}`
}

const shorter = (digits: Digits, precision: number, least: number, letter: string): string => {
  const exponent = digits.point - 1
  if (exponent < -4 || exponent >= least) {
    return withExponent(digits, Math.min(precision, digits.digits.length) - 1, letter)
  }
  const shown = precision > digits.point ? digits.digits.length : precision
  return withoutExponent(digits, Math.max(shown - digits.point, 0))
}

const inDecimal = (magnitude: number, verb: FloatVerb, precision: number | undefined): string => {
  const all = precision === undefined ? shortest(magnitude) : exact(magnitude)
  switch (verb) {
    case 'e':
    case 'E': {
      const places = precision ?? Math.max(all.digits.length - 1, 0)
      return withExponent(rounded(all, places + 1), places, verb)
    }
    case 'f': {
      const places = precision ?? Math.max(all.digits.length - all.point, 0)
      return withoutExponent(rounded(all, all.point + places), places)
    }
    default: {
      const letter = verb === 'g' ? 'e' : 'E'
      // Six digits decide where the number of digits is open.
      if (precision === undefined) return shorter(all, all.digits.length, 6, letter)
      const places = precision === 0 ? 1 : precision
      const digits = rounded(all, places)
      const { length } = digits.digits
      return shorter(digits, places, places > length && length >= digits.point ? length : places, letter)
    }
  }
}

const inBinary = (magnitude: number): string => {
  const { mantissa, exponent } = binaryOf(magnitude)
  return `${mantissa}p${exponent < 0 ? '' : '+'}${exponent}`
}

const inHex = (magnitude: number, precision: number | undefined): string => {
  const { mantissa, exponent } = binaryOf(magnitude)
  if (mantissa === 0n) return `0x0${precision === undefined || precision === 0 ? '' : `.${'0'.repeat(precision)}`}p+00`
  const bits = mantissa.toString(2).length
  // One bit before the point, thirteen hexadecimal digits behind it.
  let fraction = mantissa << BigInt(53 - bits)
  let power = exponent + bits - 1
  if (precision !== undefined && precision < 13) {
    const cut = BigInt(4 * (13 - precision))
    const [kept, rest, half] = [fraction >> cut, fraction & ((1n << cut) - 1n), 1n << (cut - 1n)]
    fraction = (kept + (rest > half || (rest === half && kept % 2n === 1n) ? 1n : 0n)) << cut
    if (fraction >> 53n === 1n) {
      fraction >>= 1n
      power += 1
    }
  }
  const digits = (fraction & ((1n << 52n) - 1n)).toString(16).padStart(13, '0')
  const shown =
    precision === undefined ? digits.replace(/0+$/, '') : digits.slice(0, Math.max(0, precision)).padEnd(precision, '0')
  return `0x1${shown === '' ? '' : `.${shown}`}p${signed(power)}`
}

/**
 * A finite double as Go writes it; without a precision by the fewest digits that say it all. Source: Go's
 * `strconv.FormatFloat`.
 */
export const floatText = (value: number, verb: FloatVerb, precision: number | undefined): string => {
  const magnitude = Math.abs(value)
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  if (verb === 'b') return sign + inBinary(magnitude)
  if (verb === 'x') return sign + inHex(magnitude, precision)
  if (verb === 'X') return sign + inHex(magnitude, precision).toUpperCase()
  return sign + inDecimal(magnitude, verb, precision)
}
