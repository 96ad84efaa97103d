import { BuiltinRefusal } from '../builtin'

// Texts here are byte strings, one character for each byte of UTF-8.

const MALFORMED = /%(?![0-9a-fA-F]{2})[\s\S]{0,2}/

/** The first percent sign that is not followed by two digits, with what stands in their place. */
export const malformedEscape = (bytes: string): string | undefined => MALFORMED.exec(bytes)?.[0]

/**
 * A byte string without its percent escapes.
 *
 * @throws `BuiltinRefusal` where a percent sign is not followed by two digits.
 */
export const unescapeBytes = (bytes: string): string => {
  if (malformedEscape(bytes) !== undefined)
    throw new BuiltinRefusal('a percent sign is not followed by two digits of base 16')
  return bytes.replace(/%(..)/g, (_escape, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
}

/** A byte string with escapes for what a pattern finds. */
export const escapeBytes = (bytes: string, unsafe: RegExp): string =>
  bytes.replace(unsafe, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`)
