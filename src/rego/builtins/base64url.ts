import type { Family } from '../builtin'
import { stringOperand } from './operand'
import { byteString } from './utf8'

/** What compiled modules do not have of `base64url.*`. Source: OPA's policy reference, section "Encoding". */
export const base64url: Family = {
  'base64url.encode_no_pad': (_context, text) =>
    btoa(byteString(stringOperand(text, 1)))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replace(/=+$/, ''),
}
