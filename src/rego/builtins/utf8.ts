import { latin1Bytes, latin1Text } from './latin1'

const encoder = new TextEncoder()
// A byte order mark is a character like any other.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The bytes of a text. */
export const utf8Bytes = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text)

/**
 * The text of bytes. Each byte that is no part of UTF-8 becomes U+FFFD, as when Go writes a string of any bytes as JSON;
 * the platform's own decoder makes one of several.
 */
export const utf8Text = (bytes: Uint8Array): string => wellFormedText(bytes) ?? piecewise(bytes)

/** The text of bytes that are UTF-8; undefined for any others. */
export const wellFormedText = (bytes: Uint8Array): string | undefined => {
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
    const character = at + length <= bytes.length ? wellFormedText(bytes.subarray(at, at + length)) : undefined
    text += character ?? '\ufffd'
    at += character === undefined ? 1 : length
  }
  return text
}

const lengthOf = (first: number): number => (first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4)

/** The bytes of a text as characters below U+0100, to be worked on as Go works on strings. */
export const byteString = (text: string): string => {
  const bytes = utf8Bytes(text)
  return bytes.length === text.length ? text : latin1Text(bytes)
}

/** The text of such characters, as `utf8Text` has it. */
export const fromByteString = (bytes: string): string => utf8Text(latin1Bytes(bytes))
