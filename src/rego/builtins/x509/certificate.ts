import type { RegoValue } from '../../value'
import { base64Of } from '../base64'
import { Der, rightAligned, sameBytes, TAG } from './der'
import { type Extension, extensionMembers, extensionOf } from './extensions'
import { instantOf } from './instant'
import { nameOf } from './name'
import { algorithmOf, KEY_ALGORITHMS, publicKeyOf } from './public-key'
import { signatureAlgorithmOf } from './signature-algorithm'

/**
 * The certificates that stand one behind the other in DER, with the members that Go's `encoding/json` shows of its
 * `x509.Certificate`. Source: Go's crypto/x509, parser.go.
 *
 * @throws `BuiltinRefusal` where one of them is malformed.
 */
export const certificatesOf = (der: Uint8Array): readonly RegoValue[] => {
  const stream = new Der(der, 'certificate')
  const certificates: RegoValue[] = []
  while (!stream.isEmpty) certificates.push(certificateOf(stream.element(TAG.sequence).whole))
  return certificates
}

const versionOf = (body: Der): number => {
  const given = body.optional(TAG.explicit(0))
  const version = given?.int64() ?? 0n
  if (version < 0n || version > 2n || given?.isEmpty === false) body.refuse()
  return Number(version) + 1
}

const extensionsOf = (body: Der): readonly Extension[] => {
  const sequence = body.optional(TAG.explicit(3))?.inside(TAG.sequence)
  const extensions: Extension[] = []
  const seen = new Set<string>()
  while (sequence !== undefined && !sequence.isEmpty) {
    const extension = extensionOf(sequence.inside(TAG.sequence, 'extension'))
    const id = extension.id.join('.')
    if (seen.has(id)) sequence.refuse()
    seen.add(id)
    extensions.push(extension)
  }
  return extensions
}

const certificateOf = (raw: Uint8Array): RegoValue => {
  const outer = new Der(raw, 'certificate').inside(TAG.sequence)
  const { whole: rawBody, content } = outer.element(TAG.sequence)
  const body = new Der(content, 'certificate')
  const version = versionOf(body)
  const serial = body.integer()
  const signing = body.bytes(TAG.sequence)
  // What is signed and the signature must name the same algorithm.
  if (serial < 0n || !sameBytes(signing, outer.bytes(TAG.sequence))) body.refuse()
  const signatureAlgorithm = signatureAlgorithmOf(algorithmOf(new Der(signing, 'signature algorithm')))
  const issuer = body.element(TAG.sequence).whole
  const issuerName = nameOf(issuer)
  const validity = body.inside(TAG.sequence, 'validity')
  const [notBefore, notAfter] = [instantOf(validity), instantOf(validity)]
  const subject = body.element(TAG.sequence).whole
  const subjectName = nameOf(subject)
  const { whole: rawKey, content: keyContent } = body.element(TAG.sequence)
  const keyInfo = new Der(keyContent, 'public key')
  const keyAlgorithm = algorithmOf(keyInfo.inside(TAG.sequence))
  const publicKey = publicKeyOf(keyAlgorithm, keyInfo.bits())
  // The unique ids of issuer and subject.
  if (version > 1) for (const number of [1, 2]) body.optional(TAG.context(number))
  const extensions = version === 3 ? extensionsOf(body) : []
  const members = extensionMembers(extensions)
  return {
    Raw: base64Of(raw),
    RawTBSCertificate: base64Of(rawBody),
    RawSubjectPublicKeyInfo: base64Of(rawKey),
    RawSubject: base64Of(subject),
    RawIssuer: base64Of(issuer),
    Signature: base64Of(rightAligned(outer.bits())),
    SignatureAlgorithm: signatureAlgorithm,
    PublicKeyAlgorithm: KEY_ALGORITHMS[keyAlgorithm.oid] ?? 0,
    PublicKey: publicKey,
    Version: version,
    SerialNumber: serial,
    Issuer: issuerName,
    Subject: subjectName,
    NotBefore: notBefore,
    NotAfter: notAfter,
    ...members,
  }
}
