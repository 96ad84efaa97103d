import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { shippedModule } from './loaded'

const file = (path: string): Buffer => readFileSync(new URL(`../../wasm/${path}`, import.meta.url))
const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')
const digests = JSON.parse(file('rego.digests.json').toString())

it('rego.wasm.gz is the module whose digest was written down', () => {
  expect(sha256(gunzipSync(shippedModule()))).toBe(digests.module)
})

it('rego.wasm.gz was built from these Go sources; else run npm run build:rego', () => {
  const names = readdirSync(new URL('../../wasm/rego', import.meta.url)).sort()
  expect(sha256(names.map((name) => `${name} ${sha256(file(`rego/${name}`))}\n`).join(''))).toBe(digests.sources)
})

it('rego.wasm.gz holds no time, so that the same module gives the same bytes', () => {
  expect([...shippedModule().subarray(4, 8)]).toEqual([0, 0, 0, 0])
})

it('pins the version of OPA', () => {
  expect(file('rego/go.mod').toString()).toContain('require github.com/open-policy-agent/opa v1.22.2\n')
})
