import { BuiltinRefusal, type Family } from '../builtin'
import { bytesOfBase64 } from './base64'
import { latin1Text } from './latin1'
import { stringOperand } from './operand'
import { certificatesOf } from './x509/certificate'
import { pemBlocks } from './x509/pem'

const PEM = '-----BEGIN'

const fromPem = (text: string): Uint8Array => {
  const blocks = pemBlocks(text)
  if (blocks.some(({ type }) => type !== 'CERTIFICATE')) throw new BuiltinRefusal('a block of PEM is no certificate')
  return Uint8Array.from(blocks.flatMap(({ bytes }) => [...bytes]))
}

/** The DER in what OPA accepts: PEM, base64 of PEM, or base64 of DER. */
const derOf = (text: string): Uint8Array => {
  if (text.startsWith(PEM)) return fromPem(text)
  const bytes = bytesOfBase64(text)
  if (bytes === undefined) throw new BuiltinRefusal('the certificates are neither PEM nor base64')
  const inner = latin1Text(bytes)
  return inner.startsWith(PEM) ? fromPem(inner) : bytes
}

/** `crypto.x509.parse_certificates`, with all that OPA shows of each. Source: OPA's policy reference, section "Cryptography". */
export const x509: Family = {
  'crypto.x509.parse_certificates': (_context, text) => certificatesOf(derOf(stringOperand(text, 1))),
}
