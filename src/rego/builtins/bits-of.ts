/** How many bits a whole number has that is not negative. */
export const bitsOf = (magnitude: bigint): number => {
  // Sixteen bits a digit leave only the first digit to count.
  const digits = magnitude.toString(16)
  return magnitude === 0n ? 0 : 4 * (digits.length - 1) + Number.parseInt(digits.charAt(0), 16).toString(2).length
}
