import { describe, expect, it } from 'vitest'
import { loadBundle } from '../../../src/rego/bundle/load-bundle'
import { toJson } from '../../../src/rego/value'
import { special } from './archive'
import { bundleFile, done, keys, refusal } from './fixture'

const verification = { keys }

describe('a bundle with policy.wasm', () => {
  it('answers over the data of the bundle', async () => {
    const policy = done(await loadBundle(bundleFile('wasm'), { verification })())
    const allowed = (total: number, region: string) =>
      done(policy.evaluate({ entrypoint: 'shop/allow', input: { total, region } })).value
    expect(policy.entrypoints).toEqual(['shop/allow'])
    expect([allowed(1000, 'north'), allowed(1001, 'north'), allowed(1, 'south')]).toEqual([true, false, false])
  })

  it('tells what its manifest says, the METADATA of each entrypoint and the key that vouches', async () => {
    const { bundle } = done(await loadBundle(bundleFile('wasm'), { verification })())
    expect(bundle).toMatchObject({
      revision: '2026-03',
      roots: ['shop', 'limits', 'regions'],
      metadata: { team: 'platform' },
      signedBy: 'RS256',
      entrypoints: [
        {
          path: 'shop/allow',
          module: 'policy.wasm',
          annotations: [{ scope: 'document', title: 'Orders that may be placed', entrypoint: true }],
        },
      ],
    })
    expect(toJson(bundle.data)).toEqual({ limits: { total: 1000 }, regions: { open: ['north', 'west'] } })
  })

  it('takes what loadPolicy takes', async () => {
    const result = await loadBundle(bundleFile('wasm'), { verification: 'skip', maximumPages: 1 })()
    expect(refusal(result).code).toMatch(/^policy-(memory|aborted)$/)
  })

  it('is not loaded where its signature does not hold', async () => {
    const keyed = keys.map((key) => (key.id === 'RS256' ? { ...key, id: 'RS384' } : { ...key, id: 'RS256' }))
    expect(refusal(await loadBundle(bundleFile('wasm'), { verification: { keys: keyed } })()).code).toBe(
      'policy-bundle-signature',
    )
  })
})

describe('a bundle that cannot be loaded', () => {
  it('has Rego only: it must be compiled', async () => {
    expect(refusal(await loadBundle(bundleFile('plain'))())).toEqual({
      code: 'policy-bundle-uncompiled',
      data: { policies: 1 },
    })
  })

  it('has no module of the name asked for', async () => {
    const result = await loadBundle(bundleFile('wasm'), { verification, module: '/other/policy.wasm' })()
    expect(refusal(result)).toMatchObject({
      code: 'policy-bundle-malformed',
      data: { reason: expect.stringContaining('policy.wasm') },
    })
  })

  it('has a module that is none', async () => {
    const archive = await special({ name: 'policy.wasm', type: 'file' })
    expect(refusal(await loadBundle(archive)()).code).toBe('policy-not-wasm')
  })

  it('has several modules, and none is named', async () => {
    const { packTar } = await import('modern-tar')
    const archive = await packTar(
      ['a/policy.wasm', 'b/policy.wasm'].map((name) => ({ header: { name, size: 0, type: 'file' as const } })),
    )
    expect(refusal(await loadBundle(archive)()).code).toBe('policy-bundle-malformed')
    expect(refusal(await loadBundle(archive, { module: '/a/policy.wasm' })()).code).toBe('policy-not-wasm')
  })
})
