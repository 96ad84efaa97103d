import { BuiltinRefusal, type Family } from '../builtin'
import { memberOf, type RegoValue } from '../value'
import { jsonObjectOf } from './jwt/json-object'
import { utf8Text } from './utf8'

const refuse = (reason: string): never => {
  throw new BuiltinRefusal(reason)
}

const BASE64URL = /^[A-Za-z0-9_-]*={0,2}$/

/** The bytes of base64url; padding may be missing, and line breaks count for nothing but the length. */
const bytesOf = (part: string, text: string): Uint8Array => {
  const isPadded = text.endsWith('=')
  const plain = (isPadded ? text : text + ({ 2: '==', 3: '=' }[text.length % 4] ?? '')).replace(/[\r\n]/g, '')
  const isWhole = (isPadded || text.length % 4 !== 1) && plain.length % 4 === 0
  if (!isWhole || !BASE64URL.test(plain)) refuse(`the ${part} is not base64url`)
  const standard = plain.replaceAll('-', '+').replaceAll('_', '/')
  return Uint8Array.from(atob(standard), (character) => character.charCodeAt(0))
}

/** Header, payload and signature of a token; where it holds another one, signed or not, of that. */
const decode = (token: RegoValue | undefined): RegoValue => {
  if (typeof token !== 'string') return refuse('operand 1 must be a string')
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
  const hex = Array.from(bytesOf('signature', signature), (byte) => byte.toString(16).padStart(2, '0'))
  return [head, jsonObjectOf('payload', body), hex.join('')]
}

/** `io.jwt.decode`, which verifies nothing. Source: OPA's policy reference, section "Tokens". */
export const jwt: Family = {
  'io.jwt.decode': (_context, token) => decode(token),
}
