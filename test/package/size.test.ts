import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { type BrowserBundle, bundleForBrowser, gzipKilobytes, loadedToCheck } from './browser-bundle'
import { inPackage, requireBuilt } from './built'

/** Kilobytes after gzip, and why not more. */
const LIMITS = {
  // yaml 30, SHA-2 6, opa-wasm's host 2, io-ts with the parts of fp-ts 5; the rest, half of it, is the project's own code, 4 of it
  // for OPA bundles (which files one has and what they must be; what unpacks and verifies them comes when it is called), 2 for the
  // table of where each builtin runs, and 5 for reading and writing values where they stand in a module's memory.
  core: 101,
  // The core, and the families of builtins that controls call: certificates 9, sprintf 4, time 3.
  checking: 122,
  // The engine alone, without YAML and the checklist: what a worker loads before its policy. The sentences of all problems are in it,
  // those of the compiler too, so each new code costs some 50 bytes.
  worker: 31,
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

/** The files that the registry of builtins imports when a policy calls one. */
const familyFiles = (): readonly string[] => {
  const registry = readFileSync(inPackage('src/rego/builtins/registry.ts'), 'utf8')
  return [...new Set([...registry.matchAll(/import\('\.\/([\w-]+)'\)/g)].map(([, file]) => file ?? ''))]
}

let bundle: BrowserBundle
let worker: BrowserBundle

beforeAll(async () => {
  requireBuilt()
  bundle = await bundleForBrowser('index')
  worker = await bundleForBrowser('worker')
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

  it('is small in a worker', () => {
    expectWithin('worker', LIMITS.worker, gzipKilobytes(worker, worker.core), [...worker.core])
  })

  it.each<[string, () => BrowserBundle, readonly string[]]>([
    ['a page', () => bundle, ['@noble/hashes', 'yaml']],
    ['a worker', () => worker, []],
  ])('has few packages of others in it at once: %s', (_, of, packages) => {
    const { core, packages: inFile } = of()
    expect([...new Set([...core].flatMap((name) => inFile.get(name) ?? []))].sort()).toEqual(packages)
  })

  it.each(familyFiles())('has the builtins of %s in a file of their own', (family) => {
    for (const { files, core } of [bundle, worker]) {
      const named = [...files.keys()].filter((name) => new RegExp(`^${family}-[A-Z0-9]{8}-`).test(name))
      expect(named).not.toEqual([])
      expect(named.filter((name) => core.has(name))).toEqual([])
    }
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
    const text = [...bundle.files.values(), ...worker.files.values()]
      .map((contents) => new TextDecoder().decode(contents))
      .join('\n')
    expect(text).not.toContain('wasi_snapshot_preview1')
  })
})
