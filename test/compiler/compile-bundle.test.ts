import { isLeft } from 'fp-ts/Either'
import { beforeAll, describe, expect, it } from 'vitest'
import { type CompileBundleOptions, compileBundle, type RegoCompiler } from '../../src/compiler/index'
import type { PolicyProblem } from '../../src/problem'
import { loadPolicy } from '../../src/rego/policy'
import { bundleOf, type Entry } from '../rego/bundle/archive'
import { bundleFile, keys, done as one } from '../rego/bundle/fixture'
import { done, loaded } from './loaded'

let compiler: RegoCompiler

beforeAll(async () => {
  compiler = await loaded()
})

const compiled = async (source: Uint8Array<ArrayBuffer>, options: CompileBundleOptions = {}) =>
  done(await compileBundle(source, { compiler, ...options })())

const problemsOf = async (
  source: Uint8Array<ArrayBuffer>,
  options: CompileBundleOptions = {},
): Promise<readonly PolicyProblem[]> => {
  const result = await compileBundle(source, { compiler, ...options })()
  return isLeft(result) ? result.left : []
}

describe('compileBundle', () => {
  it('gives a module and data that answer, for the entrypoints that METADATA names', async () => {
    const { module, data, entrypoints, bundle } = await compiled(bundleFile('signed-ES256'), { verification: { keys } })
    expect(entrypoints).toEqual(['shop/allow'])
    expect(bundle).toMatchObject({ revision: '2026-03', signedBy: 'ES256' })
    const policy = one(await loadPolicy({ wasm: module, data })())
    const allowed = (total: number, region: string) => one(policy.evaluate({ input: { total, region } })).value
    expect([allowed(1000, 'north'), allowed(1001, 'north'), allowed(1, 'south')]).toEqual([true, false, false])
  })

  it('takes the entrypoints that are asked for', async () => {
    const { entrypoints } = await compiled(bundleFile('plain'), { entrypoints: ['shop'] })
    expect(entrypoints).toEqual(['shop'])
  })

  it.each(['version-0', 'version-by-pattern'])('reads the Rego of %s as its manifest says', async (name) => {
    const { module, data } = await compiled(bundleFile(name), { entrypoints: ['a/allow'] })
    const policy = one(await loadPolicy({ wasm: module, data })())
    expect(one(policy.evaluate({ input: { x: true } })).value).toBe(true)
  })

  it('reads each file in its own version', async () => {
    const { module, data } = await compiled(bundleFile('version-mixed'), { entrypoints: ['a/allow', 'b/allow'] })
    const policy = one(await loadPolicy({ wasm: module, data })())
    const allowed = (entrypoint: string) => one(policy.evaluate({ entrypoint, input: { x: true } })).value
    expect(['a/allow', 'b/allow'].map(allowed)).toEqual([true, true])
  })

  it('gives the METADATA of each entrypoint', async () => {
    const { annotations } = await compiled(bundleFile('plain'))
    expect(annotations).toMatchObject({ 'shop/allow': [{ title: 'Orders that may be placed', entrypoint: true }] })
  })

  it('refuses data at the place of a rule', async () => {
    const source = await bundleOf([
      ['a/data.json', '{"x": 1}'],
      ['p.rego', 'package a\n\nx := 2\n'],
    ])
    expect((await problemsOf(source, { entrypoints: ['a/x'] })).map(({ code }) => code)).toEqual(['rego-error'])
  })

  it('reads Rego of which the manifest says nothing as it is told to', async () => {
    const old = await bundleOf([['p.rego', 'package a\n\nallow { input.x }\n']])
    expect((await compiled(old, { regoVersion: 'v0', entrypoints: ['a/allow'] })).entrypoints).toEqual(['a/allow'])
    expect(await problemsOf(old, { entrypoints: ['a/allow'] })).toMatchObject([
      { code: 'rego-error', location: { source: 'p.rego', start: { line: 3 } } },
    ])
  })

  const V2: Entry = ['.manifest', '{"rego_version": 2}']
  const BRACES: Entry = ['.manifest', '{"file_rego_versions": {"/{a,b}.rego": 0}}']
  it.each<[string, () => Promise<Uint8Array<ArrayBuffer>>]>([
    ['Rego of a version that the compiler has not', () => bundleOf([V2, ['a.rego', 'package a\n']])],
    ['a pattern with alternatives', () => bundleOf([BRACES, ['a.rego', 'package a\n']])],
  ])('refuses %s', async (_, source) => {
    expect(await problemsOf(await source(), { entrypoints: ['a'] })).toMatchObject([
      { code: 'policy-bundle-malformed' },
    ])
  })

  it('refuses a package outside of the roots', async () => {
    expect(await problemsOf(bundleFile('refused-package'), { entrypoints: ['b'] })).toMatchObject([
      { code: 'policy-bundle-roots', data: { file: 'policy.rego', path: 'b', roots: ['a'] } },
    ])
  })

  it('refuses a bundle whose signature does not hold, before it compiles', async () => {
    expect(await problemsOf(bundleFile('refused-policy'), { verification: { keys } })).toMatchObject([
      { code: 'policy-bundle-signature', data: { fault: 'file-changed', file: 'shop/policy.rego' } },
    ])
  })

  it('tells the place of an error in a file of the bundle', async () => {
    const broken = await bundleOf([['/a/p.rego', 'package a\n\nx := y\n']])
    expect(await problemsOf(broken, { entrypoints: ['a/x'] })).toMatchObject([
      { code: 'rego-error', location: { source: 'a/p.rego', start: { line: 3 } } },
    ])
  })

  it('keeps every digit of the data, also in the optimiser', async () => {
    const source = await bundleOf([
      ['limit/data.json', '12345678901234567891'],
      ['p.rego', 'package a\n\nx := data.limit if input.n\n'],
    ])
    for (const optimization of [0, 2] as const) {
      const { module, data } = await compiled(source, { entrypoints: ['a/x'], optimization })
      const policy = one(await loadPolicy({ wasm: module, data })())
      expect(one(policy.evaluateValue({ input: { n: true } })).value).toBe(12345678901234567891n)
    }
  })

  it('lets the optimiser know the data', async () => {
    const source = await bundleOf([
      ['limit/data.json', '10'],
      ['p.rego', 'package a\n\nx if input.n < data.limit\n'],
    ])
    const { module, data } = await compiled(source, { entrypoints: ['a/x'], optimization: 1 })
    const policy = one(await loadPolicy({ wasm: module, data })())
    expect([9, 10].map((n) => one(policy.evaluate({ input: { n } })).value)).toEqual([true, undefined])
  })
})
