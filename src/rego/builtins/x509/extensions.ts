import type { RegoValue } from '../../value'
import { base64Of } from '../base64'
import { parseUri } from '../uri/parse'
import { uriText } from '../uri/text'
import { utf8Text } from '../utf8'
import { Der, sameBytes, TAG } from './der'
import { isDomain } from './domain'
import { ipText } from './ip'
import { ia5Text } from './name'
import { nameConstraintsOf } from './name-constraints'
import { orNull } from './or-null'
import { uriMembers } from './uri'

export interface Extension {
  readonly id: readonly number[]
  readonly isCritical: boolean
  readonly value: Uint8Array
}

/** Members of Go's `x509.Certificate`. */
export type Members = Readonly<Record<string, RegoValue>>

/** What an extension says; `isHandled` is false where Go does not make all of it its own. */
interface Handled {
  readonly members: Members
  readonly isHandled: boolean
}

/** What a certificate without extensions has of all that they could say. */
const ABSENT: Members = {
  KeyUsage: 0,
  Extensions: null,
  ExtraExtensions: null,
  UnhandledCriticalExtensions: null,
  ExtKeyUsage: null,
  UnknownExtKeyUsage: null,
  BasicConstraintsValid: false,
  IsCA: false,
  MaxPathLen: 0,
  MaxPathLenZero: false,
  SubjectKeyId: null,
  AuthorityKeyId: null,
  OCSPServer: null,
  IssuingCertificateURL: null,
  DNSNames: null,
  EmailAddresses: null,
  IPAddresses: null,
  URIs: null,
  URIStrings: null,
  PermittedDNSDomainsCritical: false,
  PermittedDNSDomains: null,
  ExcludedDNSDomains: null,
  PermittedIPRanges: null,
  ExcludedIPRanges: null,
  PermittedEmailAddresses: null,
  ExcludedEmailAddresses: null,
  PermittedURIDomains: null,
  ExcludedURIDomains: null,
  CRLDistributionPoints: null,
  PolicyIdentifiers: null,
  Policies: null,
  InhibitAnyPolicy: 0,
  InhibitAnyPolicyZero: false,
  InhibitPolicyMapping: 0,
  InhibitPolicyMappingZero: false,
  RequireExplicitPolicy: 0,
  RequireExplicitPolicyZero: false,
  PolicyMappings: null,
}

/** One extension of a certificate. */
export const extensionOf = (der: Der): Extension => {
  const id = der.oid()
  const isCritical = der.is(TAG.boolean) && der.boolean()
  return { id, isCritical, value: der.bytes(TAG.octetString) }
}

const keyUsage = (value: Uint8Array): Members => {
  const { bytes } = new Der(value, 'key usage').bits()
  let usage = 0
  for (let bit = 0; bit < 9; bit += 1) if (((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) usage |= 1 << bit
  return { KeyUsage: usage }
}

const basicConstraints = (value: Uint8Array): Members => {
  const der = new Der(value, 'basic constraints').inside(TAG.sequence)
  const isCA = der.is(TAG.boolean) && der.boolean()
  const given = der.is(TAG.integer) ? der.int64() : undefined
  if (given !== undefined && given < 0n) der.refuse()
  return { BasicConstraintsValid: true, IsCA: isCA, MaxPathLen: given ?? -1, MaxPathLenZero: given === 0n }
}

const alternativeNames = (value: Uint8Array): Handled => {
  const der = new Der(value, 'subject alternative names').inside(TAG.sequence)
  const [dns, emails, ips, uris, uriTexts]: RegoValue[][] = [[], [], [], [], []]
  while (!der.isEmpty) {
    const { tag, content } = der.any()
    if (tag === TAG.context(1)) emails?.push(ia5Text(content, der.part))
    else if (tag === TAG.context(2)) dns?.push(ia5Text(content, der.part))
    else if (tag === TAG.context(6)) {
      const uri = parseUri(ia5Text(content, der.part))
      if (!isDomain(uri.host, false)) der.refuse()
      uris?.push(uriMembers(uri))
      uriTexts?.push(uriText(uri))
    } else if (tag === TAG.context(7)) {
      if (content.length !== 4 && content.length !== 16) der.refuse()
      ips?.push(ipText(content))
    }
  }
  const members = {
    DNSNames: orNull(dns ?? []),
    EmailAddresses: orNull(emails ?? []),
    IPAddresses: orNull(ips ?? []),
    URIs: orNull(uris ?? []),
    URIStrings: orNull(uriTexts ?? []),
  }
  return { members, isHandled: Object.values(members).some((list) => list !== null) }
}

const distributionPoints = (value: Uint8Array): Members => {
  const der = new Der(value, 'CRL distribution points').inside(TAG.sequence)
  const points: RegoValue[] = []
  while (!der.isEmpty) {
    const names = der.inside(TAG.sequence).optional(TAG.explicit(0))?.inside(TAG.explicit(0))
    while (names?.is(TAG.context(6))) points.push(utf8Text(names.bytes(TAG.context(6))))
  }
  return { CRLDistributionPoints: orNull(points) }
}

const authorityKey = (value: Uint8Array, isCritical: boolean): Members => {
  const der = new Der(value, 'authority key identifier').inside(TAG.sequence)
  if (isCritical) der.refuse()
  return { AuthorityKeyId: der.is(TAG.context(0)) ? base64Of(der.bytes(TAG.context(0))) : null }
}

const subjectKey = (value: Uint8Array, isCritical: boolean): Members => {
  const der = new Der(value, 'subject key identifier')
  if (isCritical) der.refuse()
  return { SubjectKeyId: base64Of(der.bytes(TAG.octetString)) }
}

const policyConstraints = (value: Uint8Array): Members => {
  const der = new Der(value, 'policy constraints').inside(TAG.sequence)
  const [explicit, mapping] = [0, 1]
    .map((number) => TAG.context(number))
    .map((tag) => (der.is(tag) ? der.int64(tag) : undefined))
  return {
    ...(explicit === undefined ? {} : { RequireExplicitPolicy: explicit, RequireExplicitPolicyZero: explicit === 0n }),
    ...(mapping === undefined ? {} : { InhibitPolicyMapping: mapping, InhibitPolicyMappingZero: mapping === 0n }),
  }
}

/** In the order of Go's numbers. */
const KEY_PURPOSES: readonly string[] = [
  '2.5.29.37.0',
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((purpose) => `1.3.6.1.5.5.7.3.${purpose}`),
  '1.3.6.1.4.1.311.10.3.3',
  '2.16.840.1.113730.4.1',
  '1.3.6.1.4.1.311.2.1.22',
  '1.3.6.1.4.1.311.61.1.1',
]

const extendedKeyUsage = (value: Uint8Array): Members => {
  const der = new Der(value, 'extended key usage').inside(TAG.sequence)
  const [known, unknown]: [RegoValue[], RegoValue[]] = [[], []]
  while (!der.isEmpty) {
    const oid = der.oid()
    const number = KEY_PURPOSES.indexOf(oid.join('.'))
    if (number < 0) unknown.push(oid)
    else known.push(number)
  }
  return { ExtKeyUsage: orNull(known), UnknownExtKeyUsage: orNull(unknown) }
}

/** An identifier of any size as text, as Go prints its bytes. */
const oidText = (content: Uint8Array): string => {
  const numbers: bigint[] = []
  let value = 0n
  for (const byte of content) {
    value = value * 128n + BigInt(byte & 0x7f)
    if (byte >= 0x80) continue
    if (numbers.length > 0) numbers.push(value)
    else if (value < 80n) numbers.push(value / 40n, value % 40n)
    else numbers.push(2n, value - 80n)
    value = 0n
  }
  return numbers.join('.')
}

const isOid = (content: Uint8Array): boolean =>
  content.length > 0 &&
  (content.at(-1) ?? 0) < 0x80 &&
  content.every((byte, at) => byte !== 0x80 || (at > 0 && (content[at - 1] ?? 0) >= 0x80))

/** The identifier as numbers, where each fits 31 bits. */
const smallOid = (content: Uint8Array): readonly RegoValue[] => {
  const whole = Uint8Array.of(TAG.oid, content.length, ...content)
  try {
    return [new Der(whole, 'identifier').oid()]
  } catch {
    return []
  }
}

const policies = (value: Uint8Array): Members => {
  const der = new Der(value, 'certificate policies').inside(TAG.sequence)
  const found: Uint8Array[] = []
  while (!der.isEmpty) {
    const content = der.inside(TAG.sequence).bytes(TAG.oid)
    if (!isOid(content) || found.some((other) => sameBytes(other, content))) der.refuse()
    found.push(content)
  }
  return { Policies: orNull(found.map(oidText)), PolicyIdentifiers: found.flatMap(smallOid) }
}

const policyMappings = (value: Uint8Array): Members => {
  const der = new Der(value, 'policy mappings').inside(TAG.sequence)
  const mappings: RegoValue[] = []
  while (!der.isEmpty) {
    const pair = der.inside(TAG.sequence)
    mappings.push({
      IssuerDomainPolicy: oidText(pair.bytes(TAG.oid)),
      SubjectDomainPolicy: oidText(pair.bytes(TAG.oid)),
    })
  }
  return { PolicyMappings: orNull(mappings) }
}

const inhibitAnyPolicy = (value: Uint8Array): Members => {
  const skipped = new Der(value, 'inhibit any policy').int64()
  return { InhibitAnyPolicy: skipped, InhibitAnyPolicyZero: skipped === 0n }
}

const authorityInformation = (value: Uint8Array, isCritical: boolean): Members => {
  const der = new Der(value, 'authority information access').inside(TAG.sequence)
  if (isCritical) der.refuse()
  const [ocsp, issuers]: [RegoValue[], RegoValue[]] = [[], []]
  while (!der.isEmpty) {
    const access = der.inside(TAG.sequence)
    const method = access.oid().join('.')
    if (!access.is(TAG.context(6))) continue
    const uri = utf8Text(access.bytes(TAG.context(6)))
    if (method === '1.3.6.1.5.5.7.48.1') ocsp.push(uri)
    if (method === '1.3.6.1.5.5.7.48.2') issuers.push(uri)
  }
  return { OCSPServer: orNull(ocsp), IssuingCertificateURL: orNull(issuers) }
}

const all =
  (read: (value: Uint8Array, isCritical: boolean) => Members) =>
  (value: Uint8Array, isCritical: boolean): Handled => ({ members: read(value, isCritical), isHandled: true })

const HANDLERS: Readonly<Record<string, (value: Uint8Array, isCritical: boolean) => Handled>> = {
  '2.5.29.14': all(subjectKey),
  '2.5.29.15': all(keyUsage),
  '2.5.29.17': alternativeNames,
  '2.5.29.19': all(basicConstraints),
  '2.5.29.30': nameConstraintsOf,
  '2.5.29.31': all(distributionPoints),
  '2.5.29.32': all(policies),
  '2.5.29.33': all(policyMappings),
  '2.5.29.35': all(authorityKey),
  '2.5.29.36': all(policyConstraints),
  '2.5.29.37': all(extendedKeyUsage),
  '2.5.29.54': all(inhibitAnyPolicy),
  '1.3.6.1.5.5.7.1.1': all(authorityInformation),
}

/** What the extensions of a certificate say, and what it has where they say nothing. */
export const extensionMembers = (extensions: readonly Extension[]): Members => {
  let members: Members = ABSENT
  const unhandled: RegoValue[] = []
  for (const { id, value, isCritical } of extensions) {
    const handled = HANDLERS[id.join('.')]?.(value, isCritical)
    if (handled !== undefined) members = { ...members, ...handled.members }
    if (isCritical && handled?.isHandled !== true) unhandled.push(id)
  }
  const shown = extensions.map(({ id, isCritical, value }) => ({
    Id: id,
    Critical: isCritical,
    Value: base64Of(value),
  }))
  return { ...members, Extensions: orNull(shown), UnhandledCriticalExtensions: orNull(unhandled) }
}
