const SPACE = 0x20
const HASH = 0x23

/** Where the first character stands that is neither blank nor in a comment; `to` where there is none. */
export const contentStart = (text: string, from: number, to: number): number => {
  let at = from
  while (at < to) {
    const code = text.charCodeAt(at)
    if (code === HASH) at = lineEnd(text, at, to)
    else if (code === SPACE || (code >= 0x09 && code <= 0x0d && code !== 0x0b && code !== 0x0c)) at += 1
    else return at
  }
  return to
}

/** Where the line break stands that ends the line of an offset. */
export const lineEnd = (text: string, at: number, to: number): number => {
  const found = text.indexOf('\n', at)
  return found === -1 || found > to ? to : found
}
