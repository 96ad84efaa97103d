import { gzipSync } from 'node:zlib'
import { isLeft, isRight } from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'
import { readBundle } from '../../../src/rego/bundle/bundle'
import { bundleOf, type Entry, special, tar } from './archive'
import { done, refusal } from './fixture'

const GOOD = [['data.json', '{"a": 1}']] as const

describe('what a bundle can come as', () => {
  it.each<[string, () => Promise<Parameters<typeof readBundle>[0]>]>([
    ['packed bytes', () => bundleOf(GOOD)],
    ['an archive that is not packed', () => tar(GOOD)],
    ['a buffer', async () => (await bundleOf(GOOD)).buffer],
    ['a part of a larger buffer', async () => new Uint8Array([0, ...(await bundleOf(GOOD))]).subarray(1)],
    ['a response', async () => new Response(await bundleOf(GOOD))],
    ['a response that was unpacked on its way', async () => new Response(await tar(GOOD))],
  ])('%s', async (_, source) => {
    expect(done(await readBundle(await source())()).data).toEqual({ a: 1 })
  })

  it('a response that is on its way', async () => {
    expect(done(await readBundle(Promise.resolve(new Response(await bundleOf(GOOD))))()).data).toEqual({ a: 1 })
  })

  it.each<[string, () => Promise<Parameters<typeof readBundle>[0]>, RegExp]>([
    ['a response that says no', async () => new Response('', { status: 404 }), /404/],
    ['no bytes', async () => new Uint8Array(), /no tar archive/],
    ['an empty response', async () => new Response(null), /no tar archive/],
    ['a page of HTML', async () => new TextEncoder().encode('<!doctype html>'.repeat(100)), /no tar archive/],
    ['a WebAssembly module', async () => new Uint8Array(2048).fill(7), /no tar archive/],
    ['a packed text', async () => new Uint8Array(gzipSync('text')), /no tar archive/],
    ['an archive without its end', async () => (await tar(GOOD)).subarray(0, 1024), /truncated/],
    ['bytes after the end', async () => new Uint8Array([...(await bundleOf(GOOD)), 1, 2, 3]), /header/],
  ])('but not %s', async (_, source, reason) => {
    expect(refusal(await readBundle(await source())())).toEqual({
      code: 'policy-bundle-malformed',
      data: { reason: expect.stringMatching(reason) },
    })
  })

  it('but not a response that fails', async () => {
    expect(refusal(await readBundle(Promise.reject(new Error('offline')))())).toEqual({
      code: 'policy-bundle-malformed',
      data: { reason: 'offline' },
    })
  })
})

describe('the limit', () => {
  it('is on the bytes after inflating, and ends the inflating', async () => {
    const bomb = new Uint8Array(gzipSync(new Uint8Array(64 * 1024 * 1024)))
    expect(bomb.length).toBeLessThan(70_000)
    expect(refusal(await readBundle(bomb, { maximumBytes: 1_000_000 })())).toEqual({
      code: 'policy-bundle-limit',
      data: { allowed: 1_000_000 },
    })
  })

  it('that is no number lets nothing through', async () => {
    for (const source of [await bundleOf(GOOD), new Response(await tar(GOOD))]) {
      expect(refusal(await readBundle(source, { maximumBytes: Number.NaN })()).code).toBe('policy-bundle-limit')
    }
  })

  it('holds for what is not packed, and for responses', async () => {
    const archive = await tar(GOOD)
    for (const source of [archive, archive.buffer, new Response(archive)]) {
      expect(refusal(await readBundle(source, { maximumBytes: archive.length - 1 })()).code).toBe('policy-bundle-limit')
    }
    expect(isRight(await readBundle(archive, { maximumBytes: archive.length })())).toBe(true)
  })

  it('is not needed against many files and roots: the time is as their number', async () => {
    const names = Array.from({ length: 16_000 }, (_, at) => `k${at}`)
    const archive = await tar([
      ['.manifest', JSON.stringify({ roots: names.map((name) => `a/${name}`) })],
      ...names.map((name): Entry => [`a/${name}/data.json`, '1']),
    ])
    expect(Object.keys(done(await readBundle(archive)()).data['a'] ?? {})).toHaveLength(16_000)
  }, 30_000)

  it('holds for what aliases in YAML expand to', async () => {
    const levels = Array.from(
      { length: 24 },
      (_, at) => `a${at}: &a${at} [${at === 0 ? 'x' : `*a${at - 1}, *a${at - 1}`}]`,
    )
    const result = await readBundle(await tar([['data.yaml', levels.join('\n')]]), { maximumBytes: 1_000_000 })()
    expect(refusal(result)).toMatchObject({ code: 'policy-bundle-malformed', data: { file: 'data.yaml' } })
  })
})

describe('a path in a bundle', () => {
  it.each(['../data.json', '/../data.json', 'a/../../data.json', 'a/../data.json', './..', '/a/..'])(
    '%s leaves the root',
    async (path) => {
      expect(refusal(await readBundle(await bundleOf([[path, '{}']]))())).toEqual({
        code: 'policy-bundle-path',
        data: { path, fault: 'escape' },
      })
    },
  )

  it('leaves the root also as a folder', async () => {
    expect(refusal(await readBundle(await special({ name: '../a/', type: 'directory' }))())).toMatchObject({
      data: { fault: 'escape' },
    })
  })

  it.each(['/data.json', './data.json', '//data.json', '/./data.json'])('%s is within the root', async (path) => {
    expect(done(await readBundle(await bundleOf([[path, '{"a": 1}']]))()).data).toEqual({ a: 1 })
  })

  it.each([
    ['symlink', 'link'],
    ['link', 'link'],
    ['character-device', 'device'],
    ['block-device', 'device'],
    ['fifo', 'device'],
  ] as const)('is no %s', async (type, fault) => {
    const archive = await special({ name: 'data.json', type, linkname: '/etc/passwd' })
    expect(refusal(await readBundle(archive)())).toEqual({
      code: 'policy-bundle-path',
      data: { path: 'data.json', fault },
    })
  })

  it('stands once', async () => {
    const twice = await bundleOf([
      ['/a/data.json', '1'],
      ['a//data.json', '1'],
    ])
    expect(refusal(await readBundle(twice)())).toEqual({
      code: 'policy-bundle-path',
      data: { path: 'a/data.json', fault: 'duplicate' },
    })
  })
})

describe('the files', () => {
  it.each(['.manifest.pb', 'a.manifest.pb'])('%s is a manifest, and is not passed over', async (path) => {
    expect(refusal(await readBundle(await bundleOf([[path, ''], ...GOOD]))())).toMatchObject({
      code: 'policy-bundle-malformed',
      data: { file: path },
    })
  })

  it.each(['policy.wasm', '/policy.wasm', './policy.wasm'])('may be named %s by the manifest', async (module) => {
    const manifest = JSON.stringify({ wasm: [{ entrypoint: 'a/b', module }] })
    const archive = await bundleOf([
      ['.manifest', manifest],
      ['./policy.wasm', ''],
    ])
    expect(done(await readBundle(archive)()).entrypoints).toMatchObject([{ module: 'policy.wasm' }])
  })

  it('that are of no use to a policy are passed over', async () => {
    const bundle = done(
      await readBundle(
        await bundleOf([
          ['notes.json', '{'],
          ['plan.json', '{}'],
          ['other.yaml', 'a: ['],
          ['data.json', '{}'],
        ]),
      )(),
    )
    expect(bundle).toMatchObject({ data: {}, policies: [], modules: [] })
  })

  it.each([
    ['data.json', new Uint8Array([0x22, 0xff, 0x22])],
    ['policy.rego', new Uint8Array([0xc3, 0x28])],
  ])('%s is UTF-8', async (name, bytes) => {
    const { packTar } = await import('modern-tar')
    const archive = await packTar([{ header: { name, size: bytes.length, type: 'file' }, body: bytes }])
    expect(refusal(await readBundle(archive)())).toMatchObject({ data: { file: name, reason: 'it is not UTF-8' } })
  })

  it('keep a member named __proto__ as a member', async () => {
    const bundle = done(
      await readBundle(
        await bundleOf([
          ['__proto__/data.json', '{"x": 1}'],
          ['data.json', '{"__proto__": {"y": 2}}'],
        ]),
      )(),
    )
    expect(Object.getOwnPropertyDescriptor(bundle.data, '__proto__')?.value).toEqual({ y: 2, x: 1 })
  })

  it('may hold a string of many megabytes', async () => {
    const text = '"\\\\" '.repeat(2_000_000)
    const bundle = done(await readBundle(await bundleOf([['data.json', JSON.stringify({ text, n: 0.1 }, null, 2)]]))())
    expect(bundle.data['text'] === text).toBe(true)
  })

  it('that nest deeply are read or refused, but never throw', async () => {
    for (const depth of [1_000, 3_000, 9_000, 30_000]) {
      const inner = (member: string) => `${'{"a":'.repeat(depth)}${member}${'}'.repeat(depth)}`
      const files: readonly (readonly Entry[])[] = [
        [
          ['x/data.json', inner('{"b": 1}')],
          ['x/data.yaml', inner('{"c": 1}')],
        ],
        [['.manifest', `{"metadata": ${inner('1')}}`]],
        [
          ['.manifest', `{"roots": ["${'a/'.repeat(depth)}b"]}`],
          ['data.json', inner('1')],
        ],
      ]
      for (const entries of files) {
        const result = await readBundle(await bundleOf(entries))()
        expect(isRight(result) || result.left.code.startsWith('policy-bundle-')).toBe(true)
      }
    }
  })

  it('that nest too deeply are refused', async () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
    for (const name of ['a/data.json', 'a/data.yaml']) {
      const result = await readBundle(await bundleOf([[name, deep.replace('[]', '[1.0]')]]))()
      expect(isLeft(result) && result.left.code).toBe('policy-bundle-malformed')
    }
  })
})
