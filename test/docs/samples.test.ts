import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deployment } from '../checklist'
import { inPackage, requireBuilt } from '../package/built'
import { type Archives, archives } from './archives'
import { blocks, openSamples, page } from './sample'
import { typeErrors } from './type-errors'

const guide = page('docs/use-from-your-tool.md')
const inTypeScript = blocks(guide, 'ts')
const inBrowser = blocks(guide, 'js')

const manifest = deployment('web', '\n          securityContext:\n            privileged: true')
const samples = openSamples(
  'guide',
  `{ manifest, archive, signed, publicKey, source }: {
    manifest: string, archive: Uint8Array, signed: Uint8Array, publicKey: string, source: Uint8Array
  }`,
)
let bundles: Archives

beforeAll(async () => {
  bundles = await archives()
})

afterAll(() => samples.remove())

describe('the samples of the guide', () => {
  const cases: readonly (readonly [string, string, (value: unknown) => void])[] = [
    ['In Node', 'failing', (value) => expect(value).toContain('O1')],
    ['errors', 'code', (value) => expect(value).toBe('nothing-to-check')],
    ['with fp-ts', 'report._tag', (value) => expect(value).toBe('Right')],
    ['typed findings', 'containers', (value) => expect(value).toEqual(['web'])],
    ['the catalogue', '[itemIds.length, forCis, home]', (value) => expect(value).toEqual([13, ['AKSC-O1-01'], 'O1'])],
    [
      'any Rego policy',
      'answers',
      (value) =>
        expect(value).toEqual([
          ['a', 'b'],
          ['a', 'b'],
          ['a', 'b', 'c'],
        ]),
    ],
    ['exact values', 'texts', (value) => expect(value).toEqual(['{9007199254740993}', '9007199254740994'])],
    [
      'typed policies',
      'given',
      (value) =>
        expect(value).toEqual([
          { _tag: 'Right', right: [2n, 2n ** 61n] },
          { _tag: 'Right', right: [3n] },
        ]),
    ],
    [
      'builtins of your own',
      'owners',
      (value) =>
        expect(value).toMatchObject([
          { right: { value: 'shop', diagnostics: [] } },
          { right: { diagnostics: [{ data: { builtin: 'acme.owner_of', reason: 'nobody owns db' } }] } },
        ]),
    ],
    ['bundles', '[revision, late]', (value) => expect(value).toEqual(['2026-05', ['a']])],
    [
      'signed bundles',
      '[vouched, ...refused]',
      (value) => expect(value).toEqual(['release', { fault: 'no-key' }, { fault: 'absent' }]),
    ],
    ['bundles of Rego', '[entrypoints, late]', (value) => expect(value).toEqual([['shop/late'], ['a']])],
    ['print', 'printed', (value) => expect(value).toEqual(['told.rego:4: n is 7 <undefined>'])],
    ['workers and deadlines', 'outcomes', (value) => expect(value).toEqual(['policy-deadline', 20])],
  ]

  it.each(cases.map((sample, at) => [...sample, at] as const))('%s', async (_, variable, assert, at) => {
    assert(await samples.run(inTypeScript[at] ?? '', variable, { manifest, ...bundles }))
  })

  it('are all run', () => {
    expect(inTypeScript).toHaveLength(cases.length)
  })

  it('have types that are right', () => {
    expect(samples.files()).toHaveLength(inTypeScript.length)
    expect(typeErrors(samples.files())).toBe('')
  })
})

describe('the samples for the browser', () => {
  it.each(inBrowser)('are bundled, for what they import exists: %s', async (contents) => {
    requireBuilt()
    const bundled = await build({
      stdin: { contents, resolveDir: inPackage('test/docs') },
      bundle: true,
      format: 'esm',
      platform: 'browser',
      write: false,
      logLevel: 'silent',
    })
    expect(bundled.errors).toEqual([])
    expect(bundled.outputFiles[0]?.text.length).toBeGreaterThan(1_000)
  })

  it('are three', () => {
    expect(inBrowser).toHaveLength(3)
  })
})
