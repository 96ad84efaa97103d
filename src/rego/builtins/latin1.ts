// A call with more arguments than this overflows the stack of some engines.
const CHUNK = 8_192

/** Each byte as the character of its number. */
export const latin1Text = (bytes: Uint8Array): string =>
  Array.from({ length: Math.ceil(bytes.length / CHUNK) }, (_, at) =>
    String.fromCharCode(...bytes.subarray(at * CHUNK, (at + 1) * CHUNK)),
  ).join('')

/** The bytes of a text whose characters are all below U+0100. */
export const latin1Bytes = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(text, (character) => character.charCodeAt(0))
