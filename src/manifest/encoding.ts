import * as E from 'fp-ts/Either'

/** The text of bytes, or the name of the encoding they pretend to have. A byte order mark is dropped. */
export const decodeText = (text: string | Uint8Array): E.Either<string, string> => {
  if (typeof text === 'string') return E.right(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text)
  const encoding = encodingOf(text)
  return E.tryCatch(
    () => new TextDecoder(encoding, { fatal: true }).decode(text),
    () => encoding.toUpperCase(),
  )
}

/** PowerShell redirects write UTF-16; a manifest starts with ASCII, so its NULs tell the byte order without a mark. */
const encodingOf = (bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' => {
  const [first, second] = bytes
  if (first === undefined || second === undefined || bytes.length % 2 === 1) return 'utf-8'
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le'
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return 'utf-16be'
  return 'utf-8'
}
