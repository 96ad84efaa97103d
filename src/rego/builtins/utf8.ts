const encoder = new TextEncoder()
// A byte order mark is a character like any other.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The bytes of a text. */
export const utf8Bytes = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text)

/**
 * The text of bytes. Each byte that is no part of UTF-8 becomes U+FFFD, as when Go writes a string of any bytes as JSON;
 * the platform's own decoder makes one of several.
 */
export const utf8Text = (bytes: Uint8Array): string => whole(bytes) ?? piecewise(bytes)

const whole = (bytes: Uint8Array): string | undefined => {
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}

const piecewise = (bytes: Uint8Array): string => {
  let text = ''
  for (let at = 0; at < bytes.length; ) {
    const length = lengthOf(bytes[at] ?? 0)
    const character = at + length <= bytes.length ? whole(bytes.subarray(at, at + length)) : undefined
    text += character ?? '\ufffd'
    at += character === undefined ? 1 : length
  }
  return text
}

const lengthOf = (first: number): number => (first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4)

// A call with more arguments than this overflows the stack of some engines.
const CHUNK = 8_192

/** The bytes of a text as characters below U+0100, to be worked on as Go works on strings. */
export const byteString = (text: string): string => {
  const bytes = utf8Bytes(text)
  if (bytes.length === text.length) return text
  return Array.from({ length: Math.ceil(bytes.length / CHUNK) }, (_, at) =>
    String.fromCharCode(...bytes.subarray(at * CHUNK, (at + 1) * CHUNK)),
  ).join('')
}

/** The text of such characters, as `utf8Text` has it. */
export const fromByteString = (bytes: string): string =>
  utf8Text(Uint8Array.from(bytes, (character) => character.charCodeAt(0)))
