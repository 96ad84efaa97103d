/**
 * Bytes that follow from a seed: the same seed, the same bytes (SplitMix64). Not for secrets.
 * Source: G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", 2014.
 */
export const randomFrom = (seed: number): ((length: number) => Uint8Array<ArrayBuffer>) => {
  let state = BigInt.asUintN(64, BigInt(Math.trunc(seed)))
  const next = (): bigint => {
    state = BigInt.asUintN(64, state + 0x9e3779b97f4a7c15n)
    const first = BigInt.asUintN(64, (state ^ (state >> 30n)) * 0xbf58476d1ce4e5b9n)
    const second = BigInt.asUintN(64, (first ^ (first >> 27n)) * 0x94d049bb133111ebn)
    return second ^ (second >> 31n)
  }
  return (length) => {
    const bytes = new Uint8Array(length)
    for (let at = 0; at < length; at += 1) bytes[at] = Number(next() & 0xffn)
    return bytes
  }
}
