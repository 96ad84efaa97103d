import { hmac } from '@noble/hashes/hmac.js'
import { md5, sha1 } from '@noble/hashes/legacy.js'
import { sha256, sha512 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { Family, SuppliedBuiltin } from '../builtin'
import { stringOperand } from './operand'
import { utf8Bytes } from './utf8'

type Hash = Parameters<typeof hmac>[0]

const digest =
  (hash: Hash): SuppliedBuiltin =>
  (_context, text) =>
    bytesToHex(hash(utf8Bytes(stringOperand(text, 1))))

const authentication =
  (hash: Hash): SuppliedBuiltin =>
  (_context, text, key) =>
    bytesToHex(hmac(hash, utf8Bytes(stringOperand(key, 2)), utf8Bytes(stringOperand(text, 1))))

/** Hashes of `crypto.*`. The platform's own are asynchronous. Source: OPA's policy reference, section "Cryptography". */
export const crypto: Family = {
  'crypto.md5': digest(md5),
  'crypto.sha1': digest(sha1),
  'crypto.sha256': digest(sha256),
  'crypto.hmac.md5': authentication(md5),
  'crypto.hmac.sha1': authentication(sha1),
  'crypto.hmac.sha256': authentication(sha256),
  'crypto.hmac.sha512': authentication(sha512),
  'crypto.hmac.equal': (_context, a, b) => stringOperand(a, 1) === stringOperand(b, 2),
}
