/** A decimal as its significant digits and the power of ten before the first of them: 0.digits x 10^point. */
export interface Digits {
  readonly digits: string
  readonly point: number
}

/** Without the zeros at the end. */
export const trimmed = (digits: string, point: number): Digits => {
  // A pattern would look at each run of zeros within.
  let length = digits.length
  while (digits.charAt(length - 1) === '0') length -= 1
  const kept = digits.slice(0, length)
  return { digits: kept, point: kept === '' ? 0 : point }
}

const fewest = (exponential: string): Digits => {
  const [digits = '', exponent = '0'] = exponential.split('e')
  return trimmed(digits.replace('.', ''), Number(exponent) + 1)
}

/** The fewest digits that no other double is nearer to. */
export const shortest = (magnitude: number): Digits => fewest(magnitude.toExponential())

/** The fewest digits of a float of 32 bits that no other one is nearer to. */
export const shortestSingle = (magnitude: number): Digits => {
  // Nine digits always do.
  const places = [0, 1, 2, 3, 4, 5, 6, 7].find(
    (more) => Math.fround(Number(magnitude.toExponential(more))) === magnitude,
  )
  return fewest(magnitude.toExponential(places ?? 8))
}

/** The first digits, rounded to the nearest and halves to even. */
export const rounded = ({ digits, point }: Digits, length: number): Digits => {
  if (length < 0 || length >= digits.length) return { digits, point }
  const [kept, next] = [digits.slice(0, length), digits.charAt(length)]
  const half = next === '5' && digits.length === length + 1
  const up = half ? Number(kept.at(-1) ?? 0) % 2 === 1 : next >= '5'
  return up ? roundedUp({ digits, point }, length) : trimmed(kept, point)
}

/** The first digits, the last of them raised by one. */
export const roundedUp = ({ digits, point }: Digits, length: number): Digits => {
  const raised = String(BigInt(`0${digits.slice(0, length)}`) + 1n).padStart(length, '0')
  return trimmed(raised, point + raised.length - length)
}

/** An exponent with its sign and at least two digits. */
export const signed = (exponent: number): string =>
  `${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`

export const withExponent = ({ digits, point }: Digits, precision: number, letter: string): string => {
  const fraction = digits.slice(1, Math.max(1, precision + 1)).padEnd(precision, '0')
  return `${digits.charAt(0) || '0'}${fraction === '' ? '' : `.${fraction}`}${letter}${signed(digits === '' ? 0 : point - 1)}`
}

export const withoutExponent = ({ digits, point }: Digits, precision: number): string => {
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0'
  const zeros = '0'.repeat(Math.min(precision, Math.max(0, -point)))
  const fraction = (zeros + digits.slice(Math.max(0, point), Math.max(0, point + precision))).padEnd(precision, '0')
  return fraction === '' ? whole : `${whole}.${fraction}`
}

/** With an exponent where that is below -4 or not below another; without it elsewhere. */
export const shorter = (digits: Digits, precision: number, least: number, letter: string): string => {
  const exponent = digits.point - 1
  if (exponent < -4 || exponent >= least) {
    return withExponent(digits, Math.min(precision, digits.digits.length) - 1, letter)
  }
  const shown = precision > digits.point ? digits.digits.length : precision
  return withoutExponent(digits, Math.max(shown - digits.point, 0))
}

// Six digits decide where the number of digits is open.
const OPEN = 6

/** All digits by Go's format `g`. */
export const general = (digits: Digits, letter: string): string => shorter(digits, digits.digits.length, OPEN, letter)
