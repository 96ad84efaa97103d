import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { CompactSign, exportSPKI, generateKeyPair } from 'jose'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Checklist } from '../../src/check'
import { checklistFor, type PackFlags } from '../../src/cli/pack-flags'
import type { PackKeyFlags } from '../../src/cli/pack-key'
import { policyTypes } from '../../src/cli/policy/types-command'
import { digestOf } from '../../src/rego/bundle/digest'
import { deployment, left, right } from '../checklist'
import { CHECKLIST, TEMPLATE_AND_CONSTRAINT } from '../pack/named'
import { bundleOf, type Entry } from '../rego/bundle/archive'

const rule = (name: string): string => `package ${name}\n\ndeny contains "${name}" if input.kind == "Deployment"\n`

const ITEM_NAMED = '# METADATA\n# scope: package\n# custom:\n#   item: D6\n'

/** A control that finds every Deployment. */
const control = (id: string, item: string): string => `# METADATA
# title: There are no Deployments
# description: Nothing is to be deployed.
# custom:
#   id: ${id}
#   item: ${item}
#   severity: low
#   kinds: [Deployment]
#   message: "{name} is one"
#   remediation: "Remove it."
package controls.${item.toLowerCase()}.named

import data.lib.finding

violation contains finding.at(0, ["metadata"], {}) if input.resource.kind == "Deployment"
`

let root: string

const at = (name: string): string => join(root, name)

const write = (name: string, content: string | Uint8Array): string => {
  mkdirSync(dirname(at(name)), { recursive: true })
  writeFileSync(at(name), content)
  return at(name)
}

/** An archive of the entries, signed over the digests of their bytes. */
const signed = async (
  entries: readonly Entry[],
  header: { readonly alg: string; readonly kid?: string },
  key: Parameters<CompactSign['sign']>[0],
  scope?: string,
): Promise<Uint8Array> => {
  const utf8 = new TextEncoder()
  const files = entries.map(([name, text]) => ({
    name,
    algorithm: 'SHA-256',
    hash: digestOf('SHA-256', new Uint8Array(utf8.encode(text))),
  }))
  const claims = utf8.encode(JSON.stringify({ files, ...(scope === undefined ? {} : { scope }) }))
  const token = await new CompactSign(claims).setProtectedHeader(header).sign(key)
  return bundleOf([['.signatures.json', JSON.stringify({ signatures: [token] })], ...entries])
}

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'pack-flags-'))
  vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  write('gatekeeper/all.yaml', TEMPLATE_AND_CONSTRAINT)
  for (const name of ['main', 'apps']) write(`conftest/${name}.rego`, rule(name))
  write('conftest/network.rego', `${ITEM_NAMED}${rule('network')}`)
  write('fork/named.rego', control('AKSC-O1-01', 'O1'))
  write('own/checklist.yaml', CHECKLIST)
  write('own/named.rego', control('TEAM-01', 'TEAM'))
  const rsa = await generateKeyPair('RS256')
  const other = await generateKeyPair('RS256')
  const curve = await generateKeyPair('ES256')
  const secret = new TextEncoder().encode('a secret of thirty-two bytes and more')
  const entries: readonly Entry[] = [['all.yaml', TEMPLATE_AND_CONSTRAINT]]
  const [, last = ''] = (await exportSPKI(rsa.publicKey)).split('\n')
  write('rsa.pem', await exportSPKI(rsa.publicKey))
  write('other.pem', await exportSPKI(other.publicKey))
  write('curve.pem', await exportSPKI(curve.publicKey))
  write('secret.txt', secret)
  write('no-key.txt', last)
  write('rsa.tar.gz', await signed(entries, { alg: 'RS256', kid: 'ours' }, rsa.privateKey))
  write('nameless.tar.gz', await signed(entries, { alg: 'RS256' }, rsa.privateKey))
  write('scoped.tar.gz', await signed(entries, { alg: 'RS256', kid: 'ours' }, rsa.privateKey, 'read'))
  write('curve.tar.gz', await signed(entries, { alg: 'ES256', kid: 'ours' }, curve.privateKey))
  write('secret.tar.gz', await signed(entries, { alg: 'HS256', kid: 'ours' }, secret))
  write('unsigned.tar.gz', await bundleOf(entries))
})

afterAll(() => {
  vi.restoreAllMocks()
  rmSync(root, { recursive: true, force: true })
})

/** The flags as the command line gives them, files by their names. */
const flagged = ({ pack, packKey, ...flags }: PackFlags): ReturnType<typeof checklistFor> =>
  checklistFor({
    ...flags,
    ...(pack === undefined ? {} : { pack: pack.map(at) }),
    ...(packKey === undefined ? {} : { packKey: at(packKey) }),
  })

const opened = async (flags: PackFlags): Promise<Checklist> => right(await flagged(flags))

const refusal = async (flags: PackFlags): Promise<unknown> => {
  const { code, data } = left(await flagged(flags))
  return code === 'pack-refused' ? { pack: data.pack, code: data.cause.code, data: data.cause.data } : { code, data }
}

const controls = ({ catalogue }: Checklist): readonly (readonly [string, string])[] =>
  catalogue.controls.map(({ id, item }) => [id, item])

const items = ({ catalogue }: Checklist): readonly string[] => catalogue.items.map(({ id }) => id)

const WEB = { name: 'web.yaml', text: deployment('web') }

describe('packs alone', () => {
  it('leave the shipped controls out, and keep the items that they stand under', async () => {
    const checklist = await opened({ pack: ['gatekeeper'], packOnly: true })
    expect(controls(checklist)).toEqual([['Named/all', 'O1']])
    expect(items(checklist)).toEqual(['O1'])
    const report = right(checklist.check([WEB]))
    expect(report.findings.map(({ controlId, message }) => [controlId, message])).toEqual([['Named/all', 'named']])
    expect(report.items.map(({ id, verdict }) => [id, verdict])).toEqual([['O1', 'fail']])
  })

  it('know the shipped controls, which documents and configuration may go on naming', async () => {
    const checklist = await opened({ pack: ['gatekeeper'], packOnly: true })
    const attestation = `apiVersion: aks-checklist/v1
kind: Attestation
control: AKSC-P1-AT-03
answer: yes
by: us
on: 2026-05-01
`
    const sources = [WEB, { name: 'attestation.yaml', text: attestation }]
    const report = right(checklist.check(sources, { parameters: { 'AKSC-O1-01': {} } }))
    expect(report.problems).toEqual([])
    expect(report.controls).toHaveLength(1)
  })

  it('with a checklist of their own replace the shipped one, whatever their order', async () => {
    const checklist = await opened({ pack: ['conftest', 'own'], packOnly: true, packItem: 'TEAM' })
    expect(items(checklist)).toEqual(['TEAM'])
    expect(controls(checklist)).toEqual([
      ['TEAM-01', 'TEAM'],
      ['main.deny', 'TEAM'],
    ])
  })

  it('may have a shipped control changed, which beside the shipped one is a clash', async () => {
    const checklist = await opened({ pack: ['fork'], packOnly: true })
    expect(controls(checklist)).toEqual([['AKSC-O1-01', 'O1']])
    expect(right(checklist.check([WEB])).findings.map(({ message }) => message)).toEqual(['web is one'])
    expect(await refusal({ pack: ['fork'] })).toMatchObject({ code: 'pack-clash', data: { id: 'AKSC-O1-01' } })
  })
})

describe('foreign policies', () => {
  it('stand under the item that is given, unless they name one', async () => {
    const pack = ['gatekeeper', 'conftest']
    const checklist = await opened({ pack, packOnly: true, packItem: 'D8', conftestPackage: ['all'] })
    expect([...controls(checklist)].sort()).toEqual([
      ['Named/all', 'D8'],
      ['apps.deny', 'D8'],
      ['main.deny', 'D8'],
      ['network.deny', 'D6'],
    ])
  })

  it('stand beside the shipped controls too, under an item of any pack', async () => {
    expect(controls(await opened({ pack: ['gatekeeper', 'own'], packItem: 'TEAM' }))).toContainEqual([
      'Named/all',
      'TEAM',
    ])
  })

  it.each<[readonly string[], readonly string[]]>([
    [['apps'], ['apps.deny']],
    [
      ['network', 'main'],
      ['main.deny', 'network.deny'],
    ],
    [['all'], ['apps.deny', 'main.deny', 'network.deny']],
  ])('of Conftest are asked for the packages %j', async (conftestPackage, expected) => {
    const checklist = await opened({ pack: ['conftest'], packOnly: true, conftestPackage })
    expect(
      controls(checklist)
        .map(([id]) => id)
        .sort(),
    ).toEqual(expected)
  })
})

describe('options about packs', () => {
  it.each<[string, PackFlags, unknown]>([
    ['--pack-only without --pack', { packOnly: true }, { option: '--pack-only', needs: '--pack' }],
    ['--pack-item without --pack', { packItem: 'O1' }, { option: '--pack-item', needs: '--pack' }],
    [
      '--pack-item without foreign policies',
      { pack: ['own'], packItem: 'O1' },
      { option: '--pack-item', needs: 'Gatekeeper or Conftest policies in --pack' },
    ],
    [
      '--conftest-package without Conftest policies',
      { pack: ['gatekeeper'], conftestPackage: ['main'] },
      { option: '--conftest-package', needs: 'Conftest policies in --pack' },
    ],
    ['--pack-key without --pack', { packKey: 'rsa.pem' }, { option: '--pack-key', needs: '--pack' }],
    [
      '--pack-scope without --pack-key',
      { pack: ['rsa.tar.gz'], packScope: 'read' },
      { option: '--pack-scope', needs: '--pack-key' },
    ],
  ])('are refused where they say nothing: %s', async (_, flags, data) => {
    expect(await refusal(flags)).toEqual({ code: 'option-needs', data })
  })

  it.each<[string, PackFlags, object]>([
    ['an item', { pack: ['gatekeeper'], packItem: 'Z1' }, { option: '--pack-item', given: 'Z1' }],
    [
      'an item, where packs replace the checklist',
      { pack: ['own', 'conftest'], packItem: 'Z1', packOnly: true },
      { option: '--pack-item', given: 'Z1' },
    ],
    [
      'a package beside one that exists',
      { pack: ['conftest'], conftestPackage: ['main', 'net'] },
      { option: '--conftest-package', given: 'net', expected: expect.stringContaining('(apps, main, network)') },
    ],
    [
      'an algorithm',
      { pack: ['rsa.tar.gz'], packKey: 'rsa.pem', packAlgorithm: 'none' },
      { option: '--pack-algorithm', given: 'none' },
    ],
  ])('are refused where they name what does not exist: %s', async (_, flags, data) => {
    expect(await refusal(flags)).toMatchObject({ code: 'option-invalid', data })
  })

  it('say in which pack something is that has no place', async () => {
    expect(await refusal({ pack: ['conftest'], conftestPackage: ['net'] })).toMatchObject({
      pack: at('conftest'),
      code: 'pack-invalid',
    })
  })
})

describe('a key for packs', () => {
  it.each<[string, PackFlags]>([
    ['of the default algorithm', { pack: ['rsa.tar.gz'], packKey: 'rsa.pem' }],
    ['whose id the signature gives', { pack: ['rsa.tar.gz'], packKey: 'rsa.pem', packKeyId: 'ours' }],
    ['that the signature does not name', { pack: ['nameless.tar.gz'], packKey: 'rsa.pem' }],
    ['of a scope', { pack: ['scoped.tar.gz'], packKey: 'rsa.pem', packScope: 'read' }],
    ['of a curve', { pack: ['curve.tar.gz'], packKey: 'curve.pem', packAlgorithm: 'ES256' }],
    ['that is a secret', { pack: ['secret.tar.gz'], packKey: 'secret.txt', packAlgorithm: 'HS256' }],
  ])('vouches for a bundle: one %s', async (_, flags) => {
    expect(controls(await opened({ ...flags, packOnly: true }))).toEqual([['Named/all', 'O1']])
  })

  it.each<[string, PackFlags, string]>([
    ['there is none, and the bundle is signed', { pack: ['rsa.tar.gz'] }, 'no-key'],
    ['the bundle is not signed', { pack: ['unsigned.tar.gz'], packKey: 'rsa.pem' }, 'absent'],
    ['another key signed', { pack: ['rsa.tar.gz'], packKey: 'other.pem' }, 'invalid'],
    ['the signature names another', { pack: ['rsa.tar.gz'], packKey: 'rsa.pem', packKeyId: 'theirs' }, 'key-unknown'],
    ['the signature names none', { pack: ['nameless.tar.gz'], packKey: 'rsa.pem', packKeyId: 'ours' }, 'malformed'],
    ['the bundle has a scope', { pack: ['scoped.tar.gz'], packKey: 'rsa.pem' }, 'scope'],
    ['the algorithm is another', { pack: ['curve.tar.gz'], packKey: 'rsa.pem' }, 'algorithm'],
    ['the key is of another type', { pack: ['curve.tar.gz'], packKey: 'curve.pem' }, 'key-unusable'],
    ['the file holds no key', { pack: ['rsa.tar.gz'], packKey: 'no-key.txt' }, 'key-unusable'],
  ])('is refused where %s', async (_, flags, fault) => {
    expect(await refusal(flags)).toMatchObject({
      pack: at(flags.pack?.[0] ?? ''),
      code: 'policy-bundle-signature',
      data: { fault },
    })
  })

  it('cannot be replaced by what carries no signature', async () => {
    for (const pack of ['gatekeeper', 'gatekeeper/all.yaml']) {
      expect(await refusal({ pack: ['rsa.tar.gz', pack], packKey: 'rsa.pem' })).toEqual({
        pack: at(pack),
        code: 'policy-bundle-signature',
        data: { fault: 'absent' },
      })
    }
  })

  it('that cannot be read is told by its file', async () => {
    expect(await refusal({ pack: ['rsa.tar.gz'], packKey: 'absent.pem' })).toMatchObject({
      code: 'source-unreadable',
      data: { source: at('absent.pem') },
    })
  })
})

describe('types', () => {
  const typesOf = async (path: string, flags: PackKeyFlags = {}): Promise<readonly [number, string]> => {
    const file = at('types.ts')
    rmSync(file, { force: true })
    const code = await policyTypes(at(path), { ...flags, output: file })
    return [code, existsSync(file) ? readFileSync(file, 'utf8') : '']
  }

  it('are one module for all that a folder holds', async () => {
    write('mixed/checklist.yaml', CHECKLIST)
    write('mixed/named.rego', control('TEAM-01', 'TEAM'))
    write('mixed/all.yaml', TEMPLATE_AND_CONSTRAINT)
    const [code, text] = await typesOf('mixed')
    expect(code).toBe(0)
    expect(text).toContain("export type ControlId =\n  | 'TEAM-01'\n  | 'Named/all'\n")
    expect(text).toContain("export type ItemId =\n  | 'TEAM'\n")
    expect(text.match(/^import /gm)).toHaveLength(1)
  })

  it('of a signed bundle need its key', async () => {
    expect(await typesOf('rsa.tar.gz')).toEqual([2, ''])
    expect(await typesOf('rsa.tar.gz', { packKeyId: 'ours' })).toEqual([2, ''])
    expect(await typesOf('rsa.tar.gz', { packKey: at('rsa.pem') })).toEqual([0, expect.stringContaining('Named/all')])
  })
})
