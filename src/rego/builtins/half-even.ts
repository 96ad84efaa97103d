/** A quotient of what is not negative, rounded to the nearest whole number, halves to even. */
export const nearestQuotient = (numerator: bigint, denominator: bigint): bigint => {
  const [quotient, twice] = [numerator / denominator, (numerator % denominator) * 2n]
  return twice > denominator || (twice === denominator && quotient % 2n === 1n) ? quotient + 1n : quotient
}
