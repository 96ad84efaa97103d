import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { type BrowserBundle, bundleForBrowser, gzipKilobytes, loadedToCheck } from './browser-bundle'
import { inPackage, requireBuilt } from './built'

/** Kilobytes after gzip, and why not more. */
const LIMITS = {
  // yaml 30, opa-wasm's host 2, io-ts with the parts of fp-ts 5; the rest, half of it, is the project's own code.
  core: 85,
  // The core, and an ASN.1 reader of 32 for the control that looks into certificates: about what one photograph takes.
  checking: 140,
  // OPA's runtime and the libraries that controls share. It grows with the controls, so it is bounded by their number.
  module: 80,
  // A control's code and, in the catalogue, its texts: about two pages of source.
  control: 4.5,
} as const

const expectWithin = (name: string, allowed: number, kilobytes: number, files: readonly string[]): void => {
  expect(
    kilobytes,
    `${name}: ${kilobytes.toFixed(1)} KB after gzip, ${allowed} allowed (${files.join(', ')})`,
  ).toBeLessThanOrEqual(allowed)
}

let bundle: BrowserBundle

beforeAll(async () => {
  requireBuilt()
  bundle = await bundleForBrowser()
})

describe('what a browser loads', () => {
  it('is small before a policy is loaded', () => {
    expectWithin('core', LIMITS.core, gzipKilobytes(bundle, bundle.core), [...bundle.core])
  })

  it('is small when the checklist has answered', () => {
    const loaded = loadedToCheck(bundle)
    expect(loaded).toEqual(expect.arrayContaining([...bundle.core]))
    expectWithin('checking', LIMITS.checking, gzipKilobytes(bundle, loaded), loaded)
  })

  it('has a module as small as its controls allow', () => {
    const module = readFileSync(inPackage('wasm/checklist.wasm'))
    const { controls }: { readonly controls: readonly unknown[] } = JSON.parse(
      readFileSync(inPackage('wasm/catalogue.json'), 'utf8'),
    )
    const allowed = LIMITS.module + LIMITS.control * controls.length
    expectWithin('module', allowed, gzipSync(module, { level: 9 }).length / 1000, ['checklist.wasm'])
  })

  it('has nothing of the compiler in it', () => {
    const text = [...bundle.files.values()].map((contents) => new TextDecoder().decode(contents)).join('\n')
    expect(text).not.toContain('wasi_snapshot_preview1')
  })
})
