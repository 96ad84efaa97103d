// 2^64 by the golden ratio, made odd, as two halves.
const GOLDEN_HIGH = 0x9e3779b9
const GOLDEN_LOW = 0x7f4a7c15

/** The upper half of the product of two numbers of 32 bits. */
const highOfProduct = (a: number, b: number): number => {
  const [aLow, aHigh, bLow, bHigh] = [a & 0xffff, a >>> 16, b & 0xffff, b >>> 16]
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16)
  return aHigh * bHigh + (middle >>> 16) + ((aLow * bHigh + (middle & 0xffff)) >>> 16)
}

/**
 * The hash of a string's bytes as the runtime of a compiled module has it (`hashOfBytes` of `wasm/runtime/hash.ts`), in 32 bits with a sign. JavaScript has
 * no integers of 64 bits that are fast, so each is two halves here.
 */
export const hashOfBytes = (bytes: Uint8Array, start: number, length: number): number => {
  let [high, low] = [GOLDEN_HIGH, GOLDEN_LOW]
  const mix = (wordHigh: number, wordLow: number): void => {
    const [xHigh, xLow] = [high ^ wordHigh, (low ^ wordLow) >>> 0]
    high = (highOfProduct(xLow, GOLDEN_LOW) + Math.imul(xHigh, GOLDEN_LOW) + Math.imul(xLow, GOLDEN_HIGH)) | 0
    low = Math.imul(xLow, GOLDEN_LOW) ^ high
  }
  const byte = (at: number): number => bytes[at] as number
  const word = (at: number): number => byte(at) | (byte(at + 1) << 8) | (byte(at + 2) << 16) | (byte(at + 3) << 24)

  mix(0, length)
  const end = start + length
  let at = start
  for (; at + 8 <= end; at += 8) mix(word(at + 4), word(at))
  const left = end - at
  if (left >= 4) mix(word(end - 4), word(at))
  else if (left > 0) mix(0, (byte(end - 1) << 16) | (byte(at + (left >> 1)) << 8) | byte(at))
  return low === 0 ? 1 : low
}
