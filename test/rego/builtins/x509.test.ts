import { describe, expect, it } from 'vitest'
import { x509 } from '../../../src/rego/builtins/x509'
import type { RegoValue } from '../../../src/rego/value'
import { mostly, opa, ours, sameAsOpa, theirs } from './against-opa'
import { certificateText, pemOf, uriCertificateText } from './certificate-texts'
import certificates from './certificates.json'

const NAME = 'crypto.x509.parse_certificates'

const parsed = (text: string): RegoValue | undefined =>
  x509[NAME]?.({ random: () => new Uint8Array(), memo: new Map() }, text)

describe(NAME, () => {
  it('reads the fields of a certificate', () => {
    const der = certificates.find(({ name }) => name === 'Ed25519 with everything a leaf has')?.der ?? ''
    expect(parsed(pemOf(der))).toEqual([
      expect.objectContaining({
        Version: 3,
        SerialNumber: 7n,
        PublicKeyAlgorithm: 4,
        NotAfter: '2034-01-01T00:00:00Z',
        DNSNames: ['example.test', '*.example.test'],
        IPAddresses: ['192.0.2.1', '2001:db8::1'],
        URIStrings: ['spiffe://cluster.local/ns/default/sa/a'],
        Subject: expect.objectContaining({ CommonName: 'Ä', Organization: ['A', 'B'] }),
        IsCA: false,
      }),
    ])
  })

  it.each(certificates)('gives all that OPA gives: $name', async ({ der }) => {
    const compiler = await opa()
    for (const text of [der, pemOf(der), btoa(pemOf(der))])
      expect(ours(x509, NAME, [text])).toEqual(theirs(compiler, NAME, [text]))
  })

  it('reads no text as no certificates', () => {
    expect(parsed('')).toEqual([])
  })

  it.each(['not base64', 'MAA=', pemOf('MAA=', 'RSA PRIVATE KEY')])('is undefined for %j', (text) => {
    expect(ours(x509, NAME, [text])).toBe('undefined')
  })

  it('agrees with OPA', async () => {
    await sameAsOpa(x509, NAME, mostly(certificateText), 3_000)
    await sameAsOpa(x509, NAME, mostly(uriCertificateText), 1_000)
  })
})
