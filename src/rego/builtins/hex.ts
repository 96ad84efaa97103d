import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import { BuiltinRefusal, type Family } from '../builtin'
import { stringOperand } from './operand'
import { utf8Bytes, utf8Text } from './utf8'

/** `hex.*`. Source: OPA's policy reference, section "Encoding". */
export const hex: Family = {
  'hex.encode': (_context, text) => bytesToHex(utf8Bytes(stringOperand(text, 1))),
  'hex.decode': (_context, text) => {
    const digits = stringOperand(text, 1)
    if (digits.length % 2 !== 0 || /[^0-9a-fA-F]/.test(digits)) {
      throw new BuiltinRefusal('the text is no sequence of bytes in base 16')
    }
    return utf8Text(hexToBytes(digits))
  },
}
