import type { Family } from '../builtin'
import { base64urlOf } from './base64'
import { stringOperand } from './operand'
import { utf8Bytes } from './utf8'

/** What compiled modules do not have of `base64url.*`. Source: OPA's policy reference, section "Encoding". */
export const base64url: Family = {
  'base64url.encode_no_pad': (_context, text) => base64urlOf(utf8Bytes(stringOperand(text, 1))),
}
