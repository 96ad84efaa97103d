// From this power of ten on, and below the other one, Go writes an exponent.
const [LOWEST_PLAIN, LOWEST_EXPONENT] = [-4, 6]

const format = (value: number, exponential: string): string => {
  if (Number.isNaN(value)) return '.nan'
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf'
  if (value === 0) return Object.is(value, -0) ? '-0' : '0'
  const [mantissa = '', exponent = ''] = exponential.split('e')
  const power = Number(exponent)
  if (power >= LOWEST_PLAIN && power < LOWEST_EXPONENT) return String(Number(exponential))
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
}

/** A double as go-yaml writes it: the fewest digits that give it again, Go's format `g`. */
export const doubleText = (value: number): string => format(value, value.toExponential())

/** A double as it names a key: the fewest digits that give the same float32. */
export const singleText = (value: number): string => {
  const single = Math.fround(value)
  // Nine digits always do.
  const digits = [0, 1, 2, 3, 4, 5, 6, 7].find((more) => Math.fround(Number(single.toExponential(more))) === single)
  return format(single, single.toExponential(digits ?? 8))
}
