/** A number that no JavaScript number or bigint holds exactly: as Rego wrote it, `0.1000000000000000000001`. */
export class Decimal {
  constructor(readonly text: string) {}

  toString(): string {
    return this.text
  }

  /** The nearest double; infinite where there is none. */
  valueOf(): number {
    return Number(this.text)
  }

  toJSON(): never {
    throw new NotJson('a decimal beyond a double')
  }
}

/** Says to `JSON.stringify` that a value has no JSON form. */
export class NotJson extends Error {
  override readonly name = 'NotJson'
}

/** A Rego number. All three are decimals of any precision; a JavaScript number stands for its shortest decimal. */
export type RegoNumber = number | bigint | Decimal

/** A decimal as sign, significant digits and the power of ten before the first of them: 0.digits x 10^point. */
export interface DecimalParts {
  readonly negative: boolean
  readonly digits: string
  readonly point: number
}

const NUMBER = /^(-?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/

const partsOf = (text: string): DecimalParts => {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = NUMBER.exec(text) ?? []
  const written = whole + fraction
  const leading = /^0*/.exec(written)?.[0].length ?? 0
  const digits = written.slice(leading).replace(/0+$/, '')
  return digits === ''
    ? { negative: false, digits, point: 0 }
    : { negative: sign === '-', digits, point: whole.length - leading + Number(exponent) }
}

/** A number as Rego source writes it. */
export const numberText = (value: RegoNumber): string => (value instanceof Decimal ? value.text : String(value))

/** The digits of a number from the first to the last that is not zero; zero has none. */
export const decimalParts = (value: RegoNumber): DecimalParts => partsOf(numberText(value))

/** True for a number, a bigint or a decimal. */
export const isNumber = (value: unknown): value is RegoNumber =>
  typeof value === 'number' || typeof value === 'bigint' || value instanceof Decimal

// JavaScript compares a large double with a bigint by the double's binary value, not by its shortest decimal.
const comparable = (a: RegoNumber, b: RegoNumber): boolean =>
  typeof a === typeof b ? !(a instanceof Decimal) : isSmall(a) && isSmall(b)

const isSmall = (value: RegoNumber): boolean =>
  !(value instanceof Decimal) && (typeof value === 'bigint' || Math.abs(value) <= Number.MAX_SAFE_INTEGER)

/** Negative, zero or positive, by exact value. */
export const compareNumbers = (a: RegoNumber, b: RegoNumber): number => {
  if (comparable(a, b)) return a < b ? -1 : a > b ? 1 : 0
  const [left, right] = [partsOf(numberText(a)), partsOf(numberText(b))]
  if (left.negative !== right.negative) return left.negative ? -1 : 1
  const sign = left.negative ? -1 : 1
  if (left.digits === '' || right.digits === '') return sign * (left.digits.length - right.digits.length)
  if (left.point !== right.point) return sign * (left.point - right.point)
  return left.digits === right.digits ? 0 : left.digits < right.digits ? -sign : sign
}

/** A text that equal numbers share, however they were written. */
export const numberIdentity = (value: RegoNumber): string => {
  const { negative, digits, point } = partsOf(numberText(value))
  return `${negative ? '-' : ''}${digits}e${point}`
}

// An integer written with a larger exponent stays a decimal: 1e999999999 has no useful digits.
const LONGEST_INTEGER = 1_000

/**
 * The number that a text stands for, by value: a JavaScript number where its shortest decimal is the same value, a
 * bigint for other integers, else a `Decimal`.
 */
export const exactNumber = (text: string): RegoNumber => {
  const double = Number(text)
  if (Number.isSafeInteger(double) && String(double) === text) return double
  const { negative, digits, point } = partsOf(text)
  if (digits === '') return 0
  const integer = point >= digits.length
  if (integer && !Number.isSafeInteger(double)) {
    return point > LONGEST_INTEGER ? new Decimal(text) : BigInt((negative ? '-' : '') + digits.padEnd(point, '0'))
  }
  if (!Number.isFinite(double)) return new Decimal(text)
  const shortest = partsOf(String(double))
  return shortest.digits === digits && shortest.point === point ? double : new Decimal(text)
}

/**
 * The number that a text stands for, as written: `1.0` and `1e3` stay apart from 1 and 1000, since builtins that print
 * numbers print them as they were written.
 */
export const writtenNumber = (text: string): RegoNumber => {
  const double = Number(text)
  if (String(double) === text && (!Number.isInteger(double) || Number.isSafeInteger(double))) return double
  return /^(?:0|-?[1-9]\d*)$/.test(text) ? BigInt(text) : new Decimal(text)
}

const INT64 = /^[+-]?(\d*)(?:\.0*)?$/

/**
 * The integer of 64 bits that a number is, read from its text: `1.0` is one, `1e0` is not, nor is more than 19 characters.
 * Source: OPA's `ast.Number.Int64`.
 */
export const int64Of = (value: RegoNumber): bigint | undefined => {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value)
  const text = numberText(value)
  const digits = INT64.exec(text)?.[1]
  if (digits === undefined || text.replace(/^[+-]/, '').length > 19) return undefined
  const integer = BigInt(digits) * (text.startsWith('-') ? -1n : 1n)
  return BigInt.asIntN(64, integer) === integer ? integer : undefined
}

/** The integer that a number is, however it was written; undefined for one with a fraction or beyond 100,000 digits. */
export const integerOf = (value: RegoNumber): bigint | undefined => {
  if (typeof value === 'bigint') return value
  const { negative, digits, point } = partsOf(numberText(value))
  if (point < digits.length || point > 100_000) return undefined
  return BigInt((negative ? '-' : '') + digits.padEnd(point, '0'))
}
