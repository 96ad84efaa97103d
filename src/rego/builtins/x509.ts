import { AsnConvert } from '@peculiar/asn1-schema'
import {
  BasicConstraints,
  Certificate,
  id_ce_basicConstraints,
  id_ce_subjectAltName,
  type Name,
  SubjectAlternativeName,
  type Time,
} from '@peculiar/asn1-x509'
import type { Json, JsonObject } from '../../json'
import { BuiltinRefusal, type Family } from '../builtin'

const PEM = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]*)-----END CERTIFICATE-----/g

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> => {
  try {
    return Uint8Array.from(atob(base64.replace(/\s+/g, '')), (character) => character.charCodeAt(0))
  } catch {
    throw new BuiltinRefusal('the certificate is not base64')
  }
}

const pemBlocks = (text: string): readonly Uint8Array<ArrayBuffer>[] =>
  [...text.matchAll(PEM)].map((match) => bytesOf(match[1] ?? ''))

/** Certificates out of what OPA accepts: PEM, base64 of PEM, or base64 of DER. */
const ders = (text: string): readonly Uint8Array<ArrayBuffer>[] => {
  if (text.includes('-----BEGIN')) return pemBlocks(text)
  const bytes = bytesOf(text)
  const inner = new TextDecoder().decode(bytes)
  return inner.includes('-----BEGIN') ? pemBlocks(inner) : [bytes]
}

const ATTRIBUTES: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CommonName',
  '2.5.4.5': 'SerialNumber',
}
const LIST_ATTRIBUTES: Readonly<Record<string, string>> = {
  '2.5.4.6': 'Country',
  '2.5.4.7': 'Locality',
  '2.5.4.8': 'Province',
  '2.5.4.10': 'Organization',
  '2.5.4.11': 'OrganizationalUnit',
}

const nameOf = (name: Name): JsonObject => {
  const made: Record<string, Json> = { CommonName: '', SerialNumber: '' }
  for (const relative of name) {
    for (const { type, value } of relative) {
      const single = ATTRIBUTES[type]
      const listed = LIST_ATTRIBUTES[type]
      if (single !== undefined) made[single] = value.toString()
      else if (listed !== undefined) {
        const before = made[listed]
        made[listed] = [...(Array.isArray(before) ? before : []), value.toString()]
      }
    }
  }
  return made
}

/** RFC 3339 without fraction, as Go prints a certificate's times. */
const instant = (time: Time): string => time.getTime().toISOString().replace('.000Z', 'Z')

const extension = (certificate: Certificate, id: string): ArrayBuffer | undefined =>
  certificate.tbsCertificate.extensions?.find((entry) => entry.extnID === id)?.extnValue.buffer

const factsOf = (der: Uint8Array<ArrayBuffer>): JsonObject => {
  const certificate = AsnConvert.parse(der, Certificate)
  const { subject, issuer, validity } = certificate.tbsCertificate
  const names = extension(certificate, id_ce_subjectAltName)
  const basic = extension(certificate, id_ce_basicConstraints)
  return {
    Subject: nameOf(subject),
    Issuer: nameOf(issuer),
    NotBefore: instant(validity.notBefore),
    NotAfter: instant(validity.notAfter),
    DNSNames:
      names === undefined
        ? []
        : [...AsnConvert.parse(names, SubjectAlternativeName)].flatMap((name) => name.dNSName ?? []),
    IsCA: basic !== undefined && AsnConvert.parse(basic, BasicConstraints).cA,
  }
}

/**
 * `crypto.x509.parse_certificates`: an array with, for each certificate, the members Subject, Issuer, NotBefore,
 * NotAfter, DNSNames and IsCA of what OPA gives. Source: OPA's policy reference, section "Crypto".
 */
export const x509: Family = {
  'crypto.x509.parse_certificates': (_context, text) => {
    if (typeof text !== 'string') throw new BuiltinRefusal('the certificates are no string')
    try {
      return ders(text).map(factsOf)
    } catch (error) {
      if (error instanceof BuiltinRefusal) throw error
      throw new BuiltinRefusal(`not a certificate: ${error instanceof Error ? error.message : String(error)}`)
    }
  },
}
