const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The length of the valid sequence that starts at a byte, or 0. */
const sequenceAt = (bytes: Uint8Array, at: number): number => {
  const first = bytes[at] ?? 0
  const length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0
  for (let next = 1; next < length; next += 1) {
    const byte = bytes[at + next] ?? 0
    // After some first bytes the second one has a narrower range: no surrogates, nothing overlong, nothing above 0x10ffff.
    const low = next > 1 ? 0x80 : first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80
    const high = next > 1 ? 0xbf : first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf
    if (byte < low || byte > high) return 0
  }
  return length
}

/** Bytes as text the way Go makes it: each byte that belongs to no character becomes U+FFFD by itself. */
export const textOfBytes = (bytes: Uint8Array): string => {
  try {
    return decoder.decode(bytes)
  } catch {
    // Not all of it is UTF-8.
  }
  let text = ''
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceAt(bytes, at)
    text += length === 0 ? '\ufffd' : decoder.decode(bytes.subarray(at, at + length))
    at += Math.max(length, 1)
  }
  return text
}
