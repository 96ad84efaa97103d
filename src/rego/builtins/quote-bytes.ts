import { quoteText } from '../quote'
import { latin1Bytes } from './latin1'
import { wellFormedText } from './utf8'

// A character of UTF-8 by the number of its bytes, or one byte.
const CHARACTER = /[\0-\x7f]+|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}|[\s\S]/g

const escapedBytes = (bytes: string): string =>
  Array.from(bytes, (byte) => `\\x${byte.charCodeAt(0).toString(16)}`).join('')

/** A byte string in double quotes; what is no part of UTF-8 is escaped byte by byte. Source: Go's `strconv.Quote`. */
export const quoteBytes = (bytes: string): string => {
  const parts = (bytes.match(CHARACTER) ?? []).map((part) => {
    const text = wellFormedText(latin1Bytes(part))
    return text === undefined ? escapedBytes(part) : quoteText(text).slice(1, -1)
  })
  return `"${parts.join('')}"`
}
