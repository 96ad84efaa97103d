import { gunzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { isLeft, isRight } from 'fp-ts/Either'
import { CompactSign, exportJWK, generateKeyPair, importSPKI } from 'jose'
import { describe, expect, it } from 'vitest'
import { readBundle } from '../../../src/rego/bundle/bundle'
import { digestOf, digestOfValue, isDigestAlgorithm } from '../../../src/rego/bundle/digest'
import { readDocuments } from '../../../src/rego/bundle/document'
import { isStructured } from '../../../src/rego/bundle/file'
import type { BundleKey } from '../../../src/rego/bundle/verification'
import { bundleOf, type Entry } from './archive'
import { bundleFile, done, keys, opaDigests, refusal } from './fixture'

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(new TextEncoder().encode(text))

describe('a digest', () => {
  it.each(opaDigests)('of $file with $text is OPA’s $algorithm', async ({ file, text, algorithm, hash }) => {
    if (!isDigestAlgorithm(algorithm)) throw new Error(algorithm)
    const bytes = utf8(text)
    const documents = done(await readDocuments([{ path: file, bytes }], 1_000_000)())
    const value = documents.get(file)
    expect(isStructured(file)).toBe(value !== undefined)
    expect(value === undefined ? digestOf(algorithm, bytes) : digestOfValue(algorithm, value)).toBe(hash)
  })

  it('of a value does not depend on white space and the order of keys', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.constantFrom(0, 1, '\t', '\n '), async (value, space) => {
        const compact = { path: 'data.json', bytes: utf8(JSON.stringify(value)) }
        const wide = { path: 'a/data.json', bytes: utf8(JSON.stringify(value, null, space)) }
        const documents = done(await readDocuments([compact, wide], 1_000_000)())
        const [first, second] = [documents.get('data.json'), documents.get('a/data.json')]
        if (first === undefined || second === undefined) throw new Error('unread')
        expect(digestOfValue('SHA-256', first)).toBe(digestOfValue('SHA-256', second))
      }),
    )
  })
})

const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
const jwk = await exportJWK(publicKey)
const privateJwk = await exportJWK(privateKey)
const own: BundleKey = { id: 'own', key: jwk, algorithm: 'ES256' }

const FILES: readonly Entry[] = [
  ['data.json', '{"a": 1}'],
  ['policy.rego', 'package a\n'],
]
const LISTED = [
  { name: 'data.json', algorithm: 'SHA-256', hash: digestOfValue('SHA-256', { a: 1 }) },
  { name: 'policy.rego', algorithm: 'SHA-256', hash: digestOf('SHA-256', utf8('package a\n')) },
]

const signed = async (
  claims: unknown,
  header: { readonly alg: string; readonly kid?: string } = { alg: 'ES256', kid: 'own' },
  key: Parameters<CompactSign['sign']>[0] = privateKey,
): Promise<Uint8Array<ArrayBuffer>> => {
  const token = await new CompactSign(utf8(JSON.stringify(claims))).setProtectedHeader(header).sign(key)
  return withToken(token)
}

const withToken = (token: string): Promise<Uint8Array<ArrayBuffer>> =>
  bundleOf([['.signatures.json', JSON.stringify({ signatures: [token] })], ...FILES])

const base64 = (text: string): string => btoa(text).replaceAll('=', '').replaceAll('+', '-').replaceAll('/', '_')

const faultOf = async (bundle: Uint8Array<ArrayBuffer>, given: readonly BundleKey[] = [own]): Promise<unknown> => {
  const { code, data } = refusal(await readBundle(bundle, { verification: { keys: given } })())
  return code === 'policy-bundle-signature' && 'fault' in data ? data.fault : code
}

describe('a signature', () => {
  it('is verified with a JSON Web Key, and the key that vouches is told', async () => {
    const bundle = done(await readBundle(await signed({ files: LISTED }), { verification: { keys: [own] } })())
    expect(bundle.signedBy).toBe('own')
  })

  it('names its key in the claims, as older versions of OPA have it', async () => {
    const bundle = await signed({ files: LISTED, keyid: 'own' }, { alg: 'ES256' })
    expect(done(await readBundle(bundle, { verification: { keys: [own] } })()).signedBy).toBe('own')
  })

  it('names its key in the claims where its header names an empty one', async () => {
    const bundle = await signed({ files: LISTED, keyid: 'own' }, { alg: 'ES256', kid: '' })
    expect(done(await readBundle(bundle, { verification: { keys: [own] } })()).signedBy).toBe('own')
  })

  it('is not looked at where verification is skipped', async () => {
    const bundle = done(await readBundle(bundleFile('refused-data'), { verification: 'skip' })())
    expect(bundle).toMatchObject({ revision: '2026-03' })
    expect(bundle.signedBy).toBeUndefined()
  })

  it('has the scope of its key, or that which is asked for', async () => {
    const bundle = await signed({ files: LISTED, scope: 'read' })
    const scoped = { ...own, scope: 'read' }
    expect(await faultOf(bundle)).toBe('scope')
    expect(isRight(await readBundle(bundle, { verification: { keys: [scoped] } })())).toBe(true)
    expect(isLeft(await readBundle(bundle, { verification: { keys: [scoped], scope: 'write' } })())).toBe(true)
  })

  it('of the algorithm none is refused', async () => {
    const token = `${base64('{"alg":"none","kid":"own"}')}.${base64(JSON.stringify({ files: LISTED }))}.`
    expect(await faultOf(await withToken(token))).toBe('algorithm')
  })

  it('made with a public key as if it were a secret is refused', async () => {
    const rsa = keys.find(({ id }) => id === 'RS256')
    if (rsa === undefined || typeof rsa.key !== 'string') throw new Error('no RS256')
    const forged = await signed({ files: LISTED }, { alg: 'HS256', kid: 'RS256' }, utf8(rsa.key))
    expect(await faultOf(forged, keys)).toBe('algorithm')
  })

  it('of another algorithm of the same key is refused', async () => {
    const rs256 = bundleFile('signed-RS256')
    const keyed = keys.map((key) => (key.id === 'RS256' ? { ...key, algorithm: 'RS512' as const } : key))
    expect(await faultOf(rs256, keyed)).toBe('algorithm')
  })

  it.each<[string, BundleKey]>([
    ['is no PEM', { ...own, key: 'text' }],
    ['is broken PEM', { ...own, key: '-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----' }],
    ['is for another algorithm', { ...own, key: { ...jwk, alg: 'ES384' } }],
    ['is of another type', { ...own, key: { kty: 'oct', k: 'AAAA' } }],
    ['is private', { ...own, key: privateJwk }],
  ])('cannot be verified with a key that %s', async (_, key) => {
    expect(await faultOf(await signed({ files: LISTED }), [key])).toBe('key-unusable')
  })

  it.each<[string, unknown]>([
    ['no list of files', {}],
    ['a list of something else', { files: ['data.json'] }],
    ['a scope that is no text', { files: LISTED, scope: 1 }],
    ['no object', 'text'],
  ])('with %s is refused', async (_, claims) => {
    expect(await faultOf(await signed(claims))).toBe('malformed')
  })

  it.each([
    ['no token', '{"signatures": []}'],
    ['no signatures', '{}'],
    ['no JSON', '{'],
    ['no JWS', '{"signatures": ["a.b.c"]}'],
    ['a plugin', '{"signatures": ["a.b.c"], "plugin": "other"}'],
  ])('file with %s is refused', async (_, text) => {
    expect(await faultOf(await bundleOf([['.signatures.json', text], ...FILES]))).toBe('malformed')
  })

  it('does not vouch for what is nested too deeply to be hashed', async () => {
    const deep = `${'['.repeat(30_000)}${']'.repeat(30_000)}`
    const files = [{ name: 'a/data.json', algorithm: 'SHA-256', hash: '00' }]
    const token = await new CompactSign(utf8(JSON.stringify({ files })))
      .setProtectedHeader({ alg: 'ES256', kid: 'own' })
      .sign(privateKey)
    const bundle = await bundleOf([
      ['.signatures.json', JSON.stringify({ signatures: [token] })],
      ['a/data.json', deep],
    ])
    expect(await faultOf(bundle)).toBe('policy-bundle-malformed')
  })

  it('does not vouch for a file with a hash of an unknown kind', async () => {
    const [data, policy] = LISTED
    const bundle = await signed({ files: [data, { ...policy, algorithm: 'CRC-32' }] })
    expect(await faultOf(bundle)).toBe('file-changed')
  })

  it('lists names with or without a leading slash, and digests in any case', async () => {
    const files = LISTED.map(({ name, algorithm, hash }) => ({ name: `/${name}`, algorithm, hash: hash.toUpperCase() }))
    expect(isRight(await readBundle(await signed({ files }), { verification: { keys: [own] } })())).toBe(true)
  })

  it('stands once in a bundle', async () => {
    const two = await bundleOf([['.signatures.json', '{}'], ['a/.signatures.json', '{}'], ...FILES])
    expect(refusal(await readBundle(two, { verification: { keys } })())).toMatchObject({
      code: 'policy-bundle-malformed',
      data: { file: 'a/.signatures.json' },
    })
  })

  it('is verified with a key that OPA’s tools take', async () => {
    const pem = keys.find(({ id }) => id === 'ES384')?.key
    if (typeof pem !== 'string') throw new Error('no ES384')
    const key: BundleKey = { id: 'ES384', algorithm: 'ES384', key: await exportJWK(await importSPKI(pem, 'ES384')) }
    expect(isRight(await readBundle(bundleFile('signed-ES384'), { verification: { keys: [key] } })())).toBe(true)
  })
})

describe('a damaged bundle', () => {
  const whole = bundleFile('signed-ES256')
  const options = { verification: { keys } }

  it('that was cut anywhere is never read', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 1 }), async (end) => {
        expect(isLeft(await readBundle(whole.subarray(0, end), options)())).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('of which a bit was turned is not read, or read as it was', async () => {
    // Deflate has bits without a meaning, between the last block and the checksum for one.
    const before = done(await readBundle(whole, options)())
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 10, max: whole.length - 1 }), fc.nat(7), async (at, bit) => {
        const damaged = whole.slice()
        damaged[at] = (damaged[at] ?? 0) ^ (1 << bit)
        const result = await readBundle(damaged, options)()
        if (isRight(result)) expect(result.right).toEqual(before)
      }),
      { numRuns: 500 },
    )
  })

  it('whose archive was changed is not read, or read as it was', async () => {
    const archive = new Uint8Array(gunzipSync(whole))
    const before = done(await readBundle(archive, options)())
    await fc.assert(
      fc.asyncProperty(fc.nat(archive.length - 1), fc.nat(7), async (at, bit) => {
        const damaged = archive.slice()
        damaged[at] = (damaged[at] ?? 0) ^ (1 << bit)
        const result = await readBundle(damaged, options)()
        if (isRight(result)) expect(result.right).toEqual(before)
      }),
      { numRuns: 1_000 },
    )
  })
})
