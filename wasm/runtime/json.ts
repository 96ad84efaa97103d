import { bytesOf, lengthOfString } from './layout'
import { opa_malloc } from './opa'

// What writes JSON (`json.c`): a buffer, where in it the next byte goes, and its length.

function bufferOf(writer: usize): usize {
  return load<usize>(writer)
}

function nextOf(writer: usize): usize {
  return load<usize>(writer, 4)
}

function setNext(writer: usize, next: usize): void {
  store<usize>(writer, next, 4)
}

function endOfBuffer(writer: usize): usize {
  return bufferOf(writer) + load<usize>(writer, 8)
}

function setBuffer(writer: usize, buffer: usize, length: usize): void {
  store<usize>(writer, buffer)
  store<usize>(writer, length, 8)
}

const QUOTE: u8 = 0x22
const BACKSLASH: u8 = 0x5c
const SPACE: u8 = 0x20

/** Writes a text as `json.marshal` of OPA does, which escapes what would end a script in HTML. Its own runtime leaves that as it is. */
export function opa_json_writer_emit_string(writer: usize, text: usize): i32 {
  const end = bytesOf(text) + lengthOfString(text)
  let size: usize = 2
  for (let at = bytesOf(text); at < end; at += 1) size += sizeOfEscape(at, end)
  let to = roomFor(writer, size)
  store<u8>(to, QUOTE)
  to += 1
  for (let at = bytesOf(text); at < end; ) {
    const written = sizeOfEscape(at, end)
    if (written === 1) store<u8>(to, load<u8>(at))
    else if (written === 2) writeShort(to, load<u8>(at))
    else if (written === 6) writeLong(to, isSeparator(at, end) ? 0x2000 | (load<u8>(at + 2) & 0x3f) : load<u8>(at))
    to += written
    at += isSeparator(at, end) ? 3 : 1
  }
  store<u8>(to, QUOTE)
  setNext(writer, to + 1)
  return 0
}

function roomFor(writer: usize, size: usize): usize {
  const next = nextOf(writer)
  if (next + size <= endOfBuffer(writer)) return next
  const written = next - bufferOf(writer)
  const length = (written + size) * 2
  const buffer = opa_malloc(length)
  for (let n: usize = 0; n < written; n += 1) store<u8>(buffer + n, load<u8>(bufferOf(writer) + n))
  setBuffer(writer, buffer, length)
  return buffer + written
}

/** How many bytes what begins here takes: itself, `\n`, or `\u2028`. */
function sizeOfEscape(at: usize, end: usize): usize {
  const byte = load<u8>(at)
  if (byte === QUOTE || byte === BACKSLASH) return 2
  if (byte < SPACE) return isShort(byte) ? 2 : 6
  return byte === 0x3c || byte === 0x3e || byte === 0x26 || isSeparator(at, end) ? 6 : 1
}

/** Backspace, tab, line feed, form feed and carriage return. */
function isShort(byte: u8): bool {
  return byte >= 8 && byte <= 13 && byte !== 11
}

/** The separators of lines and of paragraphs, U+2028 and U+2029, which end a line in old JavaScript. */
function isSeparator(at: usize, end: usize): bool {
  return load<u8>(at) === 0xe2 && at + 2 < end && load<u8>(at + 1) === 0x80 && (load<u8>(at + 2) & 0xfe) === 0xa8
}

function writeShort(to: usize, byte: u8): void {
  store<u8>(to, BACKSLASH)
  store<u8>(to, byte === QUOTE || byte === BACKSLASH ? byte : letterFor(byte), 1)
}

function letterFor(byte: u8): u8 {
  if (byte === 8) return 0x62
  if (byte === 9) return 0x74
  if (byte === 10) return 0x6e
  return byte === 12 ? 0x66 : 0x72
}

function writeLong(to: usize, unit: u32): void {
  store<u8>(to, BACKSLASH)
  store<u8>(to, 0x75, 1)
  for (let digit = 0; digit < 4; digit += 1) store<u8>(to + 2 + digit, hexadecimal((unit >> (12 - digit * 4)) & 15))
}

function hexadecimal(digit: u32): u8 {
  return <u8>(digit < 10 ? 0x30 + digit : 0x61 - 10 + digit)
}
