import { bytesOfBase64 } from '../base64'

interface Block {
  readonly type: string
  readonly bytes: Uint8Array
}

const [BEGIN, END, CLOSE] = ['-----BEGIN ', '\n-----END ', '-----']

/** A line without its break and the blanks before it, and what follows. */
const lineOf = (text: string): readonly [line: string, rest: string] => {
  const at = text.indexOf('\n')
  const line = at < 0 ? text : text.slice(0, text[at - 1] === '\r' ? at - 1 : at)
  return [line.replace(/[ \t]+$/, ''), at < 0 ? '' : text.slice(at + 1)]
}

/** The next block and what follows it; broken ones are passed over. Source: Go's `encoding/pem`. */
const decode = (text: string): { readonly block: Block; readonly rest: string } | undefined => {
  for (let [rest, skipped] = [text, 0]; ; ) {
    if (skipped < 0 || skipped > rest.length) return undefined
    rest = rest.slice(skipped)
    const end = rest.indexOf(END)
    if (end < 0) return undefined
    skipped = end + END.length
    const begin = rest.slice(0, end).lastIndexOf(BEGIN)
    if (begin < 0 || (begin > 0 && rest[begin - 1] !== '\n')) continue
    const start = rest.slice(begin + BEGIN.length)
    skipped -= begin + BEGIN.length
    const [typeLine, afterType] = lineOf(start)
    skipped -= start.length - afterType.length
    rest = afterType
    if (!typeLine.endsWith(CLOSE)) continue
    const type = typeLine.slice(0, -CLOSE.length)
    let hasHeaders = false
    for (;;) {
      if (rest === '') return undefined
      const [line, next] = lineOf(rest)
      if (!line.includes(':')) break
      hasHeaders = true
      skipped -= rest.length - next.length
      rest = next
    }
    const length = skipped - END.length
    if (hasHeaders && length < 0) continue
    const trailer = rest.slice(skipped)
    if (!trailer.startsWith(type + CLOSE) || lineOf(trailer.slice(type.length + CLOSE.length))[0] !== '') continue
    const bytes = length > 0 ? bytesOfBase64(rest.slice(0, length).replace(/[ \t]/g, '')) : new Uint8Array()
    if (bytes === undefined) continue
    return { block: { type, bytes }, rest: lineOf(rest.slice(length + END.length - 1))[1] }
  }
}

/** All blocks of a text. */
export const pemBlocks = (text: string): readonly Block[] => {
  const blocks: Block[] = []
  for (let found = decode(text); found !== undefined; found = found.rest === '' ? undefined : decode(found.rest))
    blocks.push(found.block)
  return blocks
}
