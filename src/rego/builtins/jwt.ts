import { bytesToHex } from '@noble/hashes/utils.js'
import { BuiltinRefusal, type Family } from '../builtin'
import { memberOf, type RegoValue } from '../value'
import { bytesOfBase64url } from './base64'
import { jsonObjectOf } from './jwt/json-object'
import { stringOperand } from './operand'
import { utf8Text } from './utf8'

const refuse = (reason: string): never => {
  throw new BuiltinRefusal(reason)
}

const bytesOf = (part: string, text: string): Uint8Array =>
  bytesOfBase64url(text) ?? refuse(`the ${part} is not base64url`)

/** Header, payload and signature of a token; where it holds another one, signed or not, of that. */
const decode = (token: string): RegoValue => {
  const parts = token.split('.')
  const [header = '', payload = '', signature = ''] = parts
  if (parts.length !== 3) refuse('a token has three parts with a period between them')
  const head = jsonObjectOf('header', utf8Text(bytesOf('header', header)))
  if (memberOf(head, 'enc') !== undefined) refuse('an encrypted token is not supported')
  const body = utf8Text(bytesOf('payload', payload))
  const contents = memberOf(head, 'cty')
  if (contents !== undefined && typeof contents !== 'string') refuse('the content type is no string')
  // The token inside is quoted where the payload is JSON.
  if (contents === 'JWT') return decode(body.replace(/^["']+|["']+$/g, ''))
  const signatureBytes = bytesOf('signature', signature)
  return [head, jsonObjectOf('payload', body), bytesToHex(signatureBytes)]
}

/** `io.jwt.decode`, which verifies nothing. Source: OPA's policy reference, section "Token Verification". */
export const jwt: Family = {
  'io.jwt.decode': (_context, token) => decode(stringOperand(token, 1)),
}
