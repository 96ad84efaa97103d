import { BuiltinRefusal, type Family } from '../builtin'
import { Decimal, type RegoNumber } from '../number'
import { stringOperand } from './operand'
import { floatOf, multiply, truncate } from './units/big-float'
import { type Amount, lowered, parseAmount, splitQuantity } from './units/quantity'

const LETTERS = ['k', 'm', 'g', 't', 'p', 'e']

/** What a lower-case unit of bytes stands for. */
const BYTES: ReadonlyMap<string, bigint> = new Map([
  ['', 1n],
  ...LETTERS.flatMap((letter, at): [string, bigint][] => {
    const [decimal, binary] = [1_000n ** BigInt(at + 1), 1_024n ** BigInt(at + 1)]
    return [
      [letter, decimal],
      [`${letter}b`, decimal],
      [`${letter}i`, binary],
      [`${letter}ib`, binary],
    ]
  }),
])

/** A fraction of whole numbers. */
interface Fraction {
  readonly numerator: bigint
  readonly denominator: bigint
}

// OPA takes a thousandth from a double, which is a little more than one.
const MILLI: Fraction = { numerator: 0x10624dd2f1a9fcn, denominator: 1n << 62n }

/** The unit of a quantity of Kubernetes. Only `m` and `M` differ by case, and what follows the first letter never does. */
const unitOf = (written: string): Fraction => {
  const unit = written.slice(0, 1) + lowered(written.slice(1))
  if (unit === 'm') return MILLI
  const numerator = /^(?:[A-Za-z]i?)?$/.test(unit) ? BYTES.get(unit.toLowerCase()) : undefined
  if (numerator === undefined) throw new BuiltinRefusal('the unit is not recognized')
  return { numerator, denominator: 1n }
}

const PLACES = 10

/** With ten places, halves away from zero. */
const placesOf = (numerator: bigint, denominator: bigint): string => {
  const scaled = (numerator < 0n ? -numerator : numerator) * 10n ** BigInt(PLACES)
  const nearest = (2n * scaled + denominator) / (2n * denominator)
  const digits = String(nearest).padStart(PLACES + 1, '0')
  return `${numerator < 0n ? '-' : ''}${digits.slice(0, -PLACES)}.${digits.slice(-PLACES)}`
}

// Go's bound on the exponent of a rational number.
const LARGEST_EXPONENT = 1_000_000

const quantity = ({ digits, exponent }: Amount, unit: Fraction): RegoNumber => {
  if (Math.abs(exponent) > LARGEST_EXPONENT && digits !== 0n) throw new BuiltinRefusal('the amount is no number')
  if (digits === 0n) return 0
  const power = 10n ** BigInt(Math.abs(exponent))
  const numerator = digits * unit.numerator * (exponent > 0 ? power : 1n)
  const denominator = unit.denominator * (exponent < 0 ? power : 1n)
  return numerator % denominator === 0n ? numerator / denominator : new Decimal(placesOf(numerator, denominator))
}

const bytes = ({ digits, exponent }: Amount, unit: bigint): bigint =>
  truncate(multiply(floatOf(digits, exponent), { mantissa: unit, exponent: 0 }, 64))

/** `units.*`. Source: OPA's policy reference, section "Units". */
export const units: Family = {
  'units.parse': (_context, text) => {
    const { amount, unit } = splitQuantity(stringOperand(text, 1))
    return quantity(parseAmount(amount), unitOf(unit))
  },
  'units.parse_bytes': (_context, text) => {
    const { amount, unit } = splitQuantity(lowered(stringOperand(text, 1)))
    const size = BYTES.get(unit)
    if (size === undefined) throw new BuiltinRefusal('the unit is not recognized')
    return bytes(parseAmount(amount), size)
  },
}
