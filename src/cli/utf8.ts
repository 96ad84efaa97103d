import * as E from 'fp-ts/Either'
import { type Problem, problem } from '../problem'

/** The text of a file, without a byte order mark. Errors: bytes that are no UTF-8, which would be read as other characters. */
export const utf8In = (source: string, bytes: Uint8Array): E.Either<Problem, string> =>
  E.tryCatch(
    () => new TextDecoder('utf-8', { fatal: true }).decode(bytes),
    () => problem('source-encoding', { source, encoding: 'UTF-8' }),
  )
