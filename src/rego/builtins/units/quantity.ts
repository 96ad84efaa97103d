import { BuiltinRefusal } from '../../builtin'

/** What stands before and behind the boundary of a quantity: `1.5e3` and `Gi`. */
export interface Quantity {
  readonly amount: string
  readonly unit: string
}

/** A decimal as a whole number times a power of ten. */
export interface Amount {
  readonly digits: bigint
  readonly exponent: number
}

const MOST_EXPONENT_DIGITS = 6

// An `e` is of the number where a digit or a sign follows, else it begins the unit.
const NUMBER = /^(?:[0-9.+-]|[eE](?=[0-9+-])[+-]?)*/

/** Splits a text in two, without looking at either. Source: OPA's `topdown/parse_bytes.go`. */
export const splitQuantity = (written: string): Quantity => {
  const text = written.replaceAll('"', '')
  if (text.includes(' ')) throw new BuiltinRefusal('spaces are not allowed in a quantity')
  const amount = NUMBER.exec(text)?.[0] ?? ''
  if (amount === '') throw new BuiltinRefusal('a quantity begins with an amount')
  const exponents = amount.split(/[eE][+-]?/).slice(1)
  if (exponents.some((exponent) => (/^[0-9]*/.exec(exponent)?.[0].length ?? 0) > MOST_EXPONENT_DIGITS)) {
    throw new BuiltinRefusal('the exponent is too large')
  }
  return { amount, unit: text.slice(amount.length) }
}

const AMOUNT = /^([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]+))?$/

/** Reads an amount as Go's math/big reads a decimal. */
export const parseAmount = (text: string): Amount => {
  const [matched, sign = '', whole = '', fraction = '', exponent = '0'] = AMOUNT.exec(text) ?? []
  if (matched === undefined || whole + fraction === '') throw new BuiltinRefusal('the amount is no number')
  const digits = BigInt(whole + fraction) * (sign === '-' ? -1n : 1n)
  return { digits, exponent: Number(exponent) - fraction.length }
}

/** In lower case letter by letter, as Go has it: JavaScript's way with a dotted capital I is another. */
export const lowered = (text: string): string => text.replaceAll('\u0130', 'i').toLowerCase()
