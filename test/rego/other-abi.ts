/** The same module with ABI version 2: the constant of the first global that holds 1 is changed. */
export const withOtherAbi = (bytes: Uint8Array): Uint8Array => {
  const changed = bytes.slice()
  const GLOBAL_SECTION = 6
  let at = 8
  while (at < changed.length) {
    const section = changed[at]
    let size = 0
    let shift = 0
    let cursor = at + 1
    for (;;) {
      const byte = changed[cursor] ?? 0
      size |= (byte & 0x7f) << shift
      shift += 7
      cursor += 1
      if ((byte & 0x80) === 0) break
    }
    if (section === GLOBAL_SECTION) {
      for (let n = cursor; n < cursor + size - 2; n += 1) {
        // i32, immutable, i32.const 1, end
        if (
          changed[n] === 0x7f &&
          changed[n + 1] === 0 &&
          changed[n + 2] === 0x41 &&
          changed[n + 3] === 1 &&
          changed[n + 4] === 0x0b
        ) {
          changed[n + 3] = 2
          return changed
        }
      }
    }
    at = cursor + size
  }
  throw new Error('the module has no such global')
}
