import { isLeft } from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'
import { readBundle } from '../../../src/rego/bundle/bundle'
import { toJson } from '../../../src/rego/value'
import { bundleOf } from './archive'
import { bundleFile, done, keys, type OpaReading, opaReadings, refusal } from './fixture'

const unslashed = (paths: readonly string[] | null): readonly string[] =>
  (paths ?? []).map((path) => path.replace(/^\.?\//, ''))

const options = ({ verification }: OpaReading) =>
  verification === undefined ? {} : { verification: { ...verification, keys } }

/** What only a Rego parser can know is left to `compileBundle`. */
const REFUSED_LATER = ['refused-package']

describe('a bundle that OPA wrote', () => {
  it.each(opaReadings.filter(([, { error }]) => error === undefined))(
    '%s is read as OPA reads it',
    async (name, opa) => {
      const bundle = done(await readBundle(bundleFile(name), options(opa))())
      expect({
        revision: bundle.revision,
        roots: bundle.roots,
        data: toJson(bundle.data),
        policies: bundle.policies.map(({ path }) => path),
        modules: bundle.modules.map(({ path }) => path),
        entrypoints: bundle.entrypoints,
      }).toEqual({
        revision: opa.revision,
        roots: opa.roots,
        data: opa.data,
        policies: unslashed(opa.policies),
        modules: unslashed(opa.modules),
        entrypoints: (opa.entrypoints ?? []).map(({ module, ...entrypoint }) => ({
          ...entrypoint,
          module: unslashed([module])[0],
        })),
      })
    },
  )

  it.each(opaReadings.filter(([name, { error }]) => error !== undefined && !REFUSED_LATER.includes(name)))(
    '%s is refused as OPA refuses it',
    async (name, opa) => {
      expect(isLeft(await readBundle(bundleFile(name), options(opa))())).toBe(true)
    },
  )
})

describe('what is wrong with a bundle', () => {
  it('is told of a text that is no JSON with its place and without the text', async () => {
    const result = await readBundle(await bundleOf([['a/data.json', '{\r\n  "password": hunter2\r\n}']]))()
    expect(isLeft(result) && result.left).toEqual({
      code: 'policy-bundle-malformed',
      data: { file: 'a/data.json', reason: 'it is no JSON' },
      message: "The bundle's a/data.json: it is no JSON",
      location: { source: 'a/data.json', start: { line: 2, column: 15 }, end: { line: 2, column: 15 } },
    })
  })

  const verification = { keys }
  it.each([
    ['refused-data', { verification }, { fault: 'file-changed', file: 'limits/data.json' }],
    ['refused-policy', { verification }, { fault: 'file-changed', file: 'shop/policy.rego' }],
    ['refused-unlisted', { verification }, { fault: 'file-unlisted', file: 'README.md' }],
    ['refused-absent', { verification }, { fault: 'file-absent', file: 'README.md' }],
    ['refused-unsigned', { verification }, { fault: 'absent' }],
    ['refused-unverified', {}, { fault: 'no-key' }],
    ['refused-unknown-key', { verification: { keys, keyId: 'none' } }, { fault: 'key-unknown', keyId: 'none' }],
    ['refused-scope', { verification: { keys, scope: 'read' } }, { fault: 'scope' }],
    ['refused-two-signatures', { verification }, { fault: 'malformed' }],
    ['signed-mismatched', { verification }, { fault: 'invalid', keyId: 'mismatched' }],
    ['signed-scope', { verification }, { fault: 'scope' }],
    ['signed-excluded', { verification }, { fault: 'file-unlisted', file: 'README.md' }],
    // The key decides on the algorithm; OPA then finds a signature of the wrong length.
    ['refused-other-key', { verification: { keys, keyId: 'ES256' } }, { fault: 'algorithm', keyId: 'ES256' }],
  ] as const)('%s: a problem of its signature', async (name, options, data) => {
    expect(refusal(await readBundle(bundleFile(name), options)())).toMatchObject({
      code: 'policy-bundle-signature',
      data,
    })
  })

  it.each([
    ['refused-conflict', { code: 'policy-bundle-conflict', data: { file: 'a/y/data.yaml', path: 'a/y/z' } }],
    ['refused-conflict-scalar', { code: 'policy-bundle-conflict', data: { file: 'a/x/data.json', path: 'a/x' } }],
    ['refused-outside', { code: 'policy-bundle-roots', data: { file: 'data.json', path: 'a/c', roots: ['a/b'] } }],
    ['refused-entrypoint', { code: 'policy-bundle-roots', data: { file: '.manifest', path: 'b/c', roots: ['a'] } }],
    ['refused-overlap', { code: 'policy-bundle-malformed', data: { file: '.manifest' } }],
    ['refused-manifest', { code: 'policy-bundle-malformed', data: { file: '.manifest' } }],
    ['refused-two-manifests', { code: 'policy-bundle-malformed', data: { file: 'a/.manifest' } }],
    ['refused-version', { code: 'policy-bundle-malformed', data: { file: '.manifest' } }],
    ['refused-no-module', { code: 'policy-bundle-malformed', data: { file: '.manifest' } }],
    ['refused-entrypoint-twice', { code: 'policy-bundle-malformed', data: { file: '.manifest' } }],
    ['refused-root-value', { code: 'policy-bundle-malformed', data: { file: 'data.json' } }],
    ['refused-json', { code: 'policy-bundle-malformed', data: { file: 'data.json' } }],
    ['refused-yaml', { code: 'policy-bundle-malformed', data: { file: 'data.yaml' } }],
    ['delta', { code: 'policy-bundle-malformed', data: { file: 'patch.json' } }],
    ['proto-manifest', { code: 'policy-bundle-malformed', data: { file: '.manifest.pb' } }],
  ])('%s: a problem with its file', async (name, problem) => {
    expect(refusal(await readBundle(bundleFile(name))())).toMatchObject(problem)
  })
})
