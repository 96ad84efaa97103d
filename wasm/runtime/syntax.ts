// OPA's runtime reads JSON and more: `[1,]`, `01`, `1 2`. Here is what of it is JSON (RFC 8259). Each function gives the place behind what it
// looks for, or 0 where that does not stand there.

/** True for the bytes of one JSON text. */
export function isJson(start: usize, length: usize): bool {
  const end = start + length
  const behind = value(start, end)
  return behind !== 0 && behindSpace(behind, end) === end
}

function byteAt(at: usize, end: usize): u32 {
  return at < end ? load<u8>(at) : 0
}

function behindSpace(start: usize, end: usize): usize {
  let at = start
  for (let byte = byteAt(at, end); byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d; ) {
    at += 1
    byte = byteAt(at, end)
  }
  return at
}

function value(start: usize, end: usize): usize {
  const at = behindSpace(start, end)
  const first = byteAt(at, end)
  if (first === 0x22) return text(at, end)
  if (first === 0x7b) return members(at, end, true, 0x7d)
  if (first === 0x5b) return members(at, end, false, 0x5d)
  if (first === 0x74) return word(at, end, 0x65757274)
  if (first === 0x66) return word(at + 1, end, 0x65736c61)
  if (first === 0x6e) return word(at, end, 0x6c6c756e)
  return number(at, end)
}

/** Four letters at once: `true`, `null`, and what is left of `false`. */
function word(at: usize, end: usize, letters: u32): usize {
  return at + 4 <= end && load<u32>(at) === letters ? at + 4 : 0
}

/** The members of an array, or of an object, each behind a text and a colon. */
function members(start: usize, end: usize, named: bool, close: u32): usize {
  let at = behindSpace(start + 1, end)
  if (byteAt(at, end) === close) return at + 1
  while (at !== 0) {
    if (named) at = behindName(at, end)
    if (at === 0) break
    at = value(at, end)
    if (at === 0) break
    at = behindSpace(at, end)
    if (byteAt(at, end) === close) return at + 1
    at = byteAt(at, end) === 0x2c ? behindSpace(at + 1, end) : 0
  }
  return 0
}

function behindName(start: usize, end: usize): usize {
  const name = text(start, end)
  if (name === 0) return 0
  const at = behindSpace(name, end)
  return byteAt(at, end) === 0x3a ? at + 1 : 0
}

function text(start: usize, end: usize): usize {
  if (byteAt(start, end) !== 0x22) return 0
  let at = start + 1
  while (at < end) {
    const byte = load<u8>(at)
    if (byte === 0x22) return at + 1
    if (byte < 0x20) return 0
    at = byte === 0x5c ? escaped(at + 1, end) : at + 1
    if (at === 0) return 0
  }
  return 0
}

function escaped(at: usize, end: usize): usize {
  const byte = byteAt(at, end)
  if (byte === 0x75) {
    for (let n: usize = 1; n <= 4; n += 1) if (!isHexadecimal(byteAt(at + n, end))) return 0
    return at + 5
  }
  // " \ / b f n r t
  const isKnown =
    byte === 0x22 ||
    byte === 0x5c ||
    byte === 0x2f ||
    byte === 0x62 ||
    byte === 0x66 ||
    byte === 0x6e ||
    byte === 0x72 ||
    byte === 0x74
  return isKnown ? at + 1 : 0
}

function isHexadecimal(byte: u32): bool {
  const letter = byte | 0x20
  return isDigit(byte) || (letter >= 0x61 && letter <= 0x66)
}

function isDigit(byte: u32): bool {
  return byte >= 0x30 && byte <= 0x39
}

/** One digit or more. */
function digits(start: usize, end: usize): usize {
  let at = start
  while (isDigit(byteAt(at, end))) at += 1
  return at > start ? at : 0
}

function number(start: usize, end: usize): usize {
  let at = byteAt(start, end) === 0x2d ? start + 1 : start
  at = byteAt(at, end) === 0x30 ? at + 1 : digits(at, end)
  if (at !== 0 && byteAt(at, end) === 0x2e) at = digits(at + 1, end)
  if (at !== 0 && (byteAt(at, end) | 0x20) === 0x65) {
    const sign = byteAt(at + 1, end)
    at = digits(sign === 0x2b || sign === 0x2d ? at + 2 : at + 1, end)
  }
  return at
}
