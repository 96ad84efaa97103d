import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { shippedModule } from './loaded'

const file = (path: string): Buffer => readFileSync(new URL(`../../wasm/${path}`, import.meta.url))
const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex')
const digests = JSON.parse(file('rego.digests.json').toString())

it('rego.wasm.gz is the module whose digest was written down', () => {
  expect(sha256(gunzipSync(shippedModule()))).toBe(digests.module)
})

it('rego.wasm.gz was built from these sources; else run npm run build:rego', () => {
  const build = fileURLToPath(new URL('../../wasm/build.mjs', import.meta.url))
  expect(spawnSync(process.execPath, [build, '--rego-is-current']).status).toBe(0)
})

it('rego.wasm.gz holds no time, so that the same module gives the same bytes', () => {
  expect([...shippedModule().subarray(4, 8)]).toEqual([0, 0, 0, 0])
})

it('pins the version of OPA', () => {
  expect(file('rego/go.mod').toString()).toContain('require github.com/open-policy-agent/opa v1.22.2\n')
})
