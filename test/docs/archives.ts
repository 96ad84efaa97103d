import { gzipSync } from 'node:zlib'
import { CompactSign, exportSPKI, generateKeyPair } from 'jose'
import { packTar } from 'modern-tar'
import { compileRego } from '../../src/compiler/index'
import { digestOf, digestOfValue } from '../../src/rego/bundle/digest'
import { done } from '../compiler/loaded'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

type File = readonly [name: string, bytes: Uint8Array]

const archiveOf = async (files: readonly File[]): Promise<Uint8Array> =>
  new Uint8Array(
    gzipSync(
      await packTar(
        files.map(([name, bytes]) => ({ header: { name, size: bytes.length, type: 'file' as const }, body: bytes })),
      ),
    ),
  )

const REGO = `package shop

# METADATA
# entrypoint: true
late contains order.id if {
	some order in input.orders
	order.days > data.limit
}
`
const MANIFEST = { revision: '2026-05', roots: ['shop', 'limit'] }
const DATA = { limit: 3 }

export interface Archives {
  /** With `policy.wasm`, and without a signature. */
  readonly archive: Uint8Array
  /** The same with a signature of the key `release`. */
  readonly signed: Uint8Array
  readonly publicKey: string
  /** With Rego. */
  readonly source: Uint8Array
}

/** The bundles that the pages speak of. */
export const archives = async (): Promise<Archives> => {
  const { module } = done(await compileRego([{ name: 'shop.rego', text: REGO }])())
  const documents: readonly File[] = [
    ['.manifest', utf8(JSON.stringify(MANIFEST))],
    ['data.json', utf8(JSON.stringify(DATA))],
  ]
  const compiled: readonly File[] = [...documents, ['policy.wasm', module]]
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
  const files = [
    { name: '.manifest', hash: digestOfValue('SHA-256', MANIFEST) },
    { name: 'data.json', hash: digestOfValue('SHA-256', DATA) },
    { name: 'policy.wasm', hash: digestOf('SHA-256', module) },
  ].map((file) => ({ ...file, algorithm: 'SHA-256' }))
  const token = await new CompactSign(utf8(JSON.stringify({ files })))
    .setProtectedHeader({ alg: 'ES256', kid: 'release' })
    .sign(privateKey)
  return {
    archive: await archiveOf(compiled),
    signed: await archiveOf([...compiled, ['.signatures.json', utf8(JSON.stringify({ signatures: [token] }))]]),
    publicKey: await exportSPKI(publicKey),
    source: await archiveOf([...documents, ['shop.rego', utf8(REGO)]]),
  }
}
