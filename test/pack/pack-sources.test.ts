import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { packTar } from 'modern-tar'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type PackSource, packSources } from '../../src/cli/pack-sources'
import { openChecklist } from '../../src/cli/packs'
import { deployment, left, right } from '../checklist'
import { CHECKLIST, CONSTRAINT, TEMPLATE, TEMPLATE_AND_CONSTRAINT } from './named'

const CONTROL = `# METADATA
# title: Deployments have a team
# description: Somebody has to answer for them.
# custom:
#   id: SHOP-01
#   item: TEAM
#   severity: low
#   kinds: [Deployment]
#   message: "{name} has none of {teams}"
#   args: {teams: strings}
#   remediation: "Add the label team."
package controls.team.no_team

import data.lib.finding

violation contains finding.at(0, ["metadata"], {"teams": data.shop.teams}) if {
	not object.get(input.resource.metadata, ["labels", "team"], "") in data.shop.teams
}
`

const CONFTEST = 'package main\n\ndeny contains sprintf("%v", [data.teams]) if input.kind == "Deployment"\n'

type Files = Readonly<Record<string, string>>

const OWN: Files = {
  'checklist.yaml': CHECKLIST,
  'rules/no_team.rego': CONTROL,
  'rules/no_team_test.rego': 'package controls.team.no_team_test\n\ntest_x if true\n',
  'shop/data.json': '{"teams": ["a"]}',
}
const GATEKEEPER: Files = {
  'template.yaml': TEMPLATE,
  'src.rego': 'package named\n',
  'constraints/all.yaml': CONSTRAINT,
}
const RULES: Files = { 'policy/main.rego': CONFTEST, 'data/teams.yaml': 'teams: [b]\n' }

let root: string

const folder = (name: string, files: Files): string => {
  for (const [path, text] of Object.entries(files)) {
    const file = join(root, name, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  return join(root, name)
}

const bundle = async (name: string, files: Files): Promise<string> => {
  const entries = Object.entries(files).map(([path, text]) => ({
    header: { name: `/${path}`, size: Buffer.byteLength(text) },
    body: text,
  }))
  const file = join(root, name)
  writeFileSync(file, gzipSync(await packTar(entries)))
  return file
}

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'packs-'))
})

afterAll(() => {
  rmSync(root, { recursive: true, force: true })
})

const kinds = (sources: readonly PackSource[]): readonly string[] => sources.map(({ is }) => is)

const messages = async (...paths: readonly string[]): Promise<readonly string[]> => {
  const checklist = right(await openChecklist(paths))
  const report = right(checklist.check([{ name: 'web.yaml', text: deployment('web') }]))
  return report.findings.filter(({ controlId }) => !controlId.startsWith('AKSC')).map(({ message }) => message)
}

describe('what a pack path holds is recognised', () => {
  it.each([
    ['controls with METADATA', OWN, ['controls']],
    ['templates with constraints, whatever Rego stands beside them', GATEKEEPER, ['gatekeeper']],
    ['Conftest rules', RULES, ['conftest']],
    ['controls and templates', { ...OWN, ...GATEKEEPER }, ['controls', 'gatekeeper']],
  ])('in a folder and in a bundle: %s', async (name, files, expected) => {
    expect(kinds(right(await packSources(folder(name, files))))).toEqual(expected)
    expect(kinds(right(await packSources(await bundle(`${name}.tar.gz`, files))))).toEqual(expected)
  })

  it('in a single file', async () => {
    const at = folder('single', { 'main.rego': CONFTEST, 'all.yaml': TEMPLATE_AND_CONSTRAINT })
    expect(kinds(right(await packSources(join(at, 'main.rego'))))).toEqual(['conftest'])
    expect(kinds(right(await packSources(join(at, 'all.yaml'))))).toEqual(['gatekeeper'])
  })

  it.each([
    ['nothing', { 'README.md': '' }, 'pack-invalid'],
    ['manifests', { 'web.yaml': deployment('web') }, 'pack-invalid'],
    ['Rego that is neither', { 'a.rego': 'package a\n\nallow if true\n' }, 'pack-invalid'],
    ['YAML that cannot be read', { ...GATEKEEPER, 'bad.yaml': 'a: [\n' }, 'syntax'],
  ])('and is refused where it is %s', async (name, files, code) => {
    expect(left(await packSources(folder(name, files))).code).toBe(code)
  })

  it('and is refused where there is nothing, or no archive', async () => {
    expect(left(await packSources(join(root, 'absent'))).code).toBe('source-unreadable')
    writeFileSync(join(root, 'broken.tar.gz'), Uint8Array.of(0x1f, 0x8b, 1, 2, 3))
    expect(left(await packSources(join(root, 'broken.tar.gz'))).code).toBe('policy-bundle-malformed')
  })

  it('and is refused where its Rego is in another encoding than UTF-8, with the name of the file', async () => {
    const file = join(folder('latin', RULES), 'latin.rego')
    writeFileSync(file, Buffer.from('package main\n\nwarn contains "verfügbar" if true\n', 'latin1'))
    expect(left(await packSources(dirname(file)))).toMatchObject({ code: 'source-encoding', data: { source: file } })
  })
})

describe('packs of every kind', () => {
  it('load beside each other and give findings', async () => {
    const paths = [folder('own', OWN), folder('gatekeeper', GATEKEEPER), await bundle('rules.tar.gz', RULES)]
    expect([...(await messages(...paths))].sort()).toEqual(['["b"]', 'named', 'web has none of a'])
  })

  it('clash by name of path', async () => {
    const problem = left(await openChecklist([folder('first', RULES), folder('second', RULES)]))
    expect(problem).toMatchObject({
      code: 'pack-clash',
      data: { what: 'control', id: 'main.deny', packs: [join(root, 'first'), join(root, 'second')] },
    })
  })
})
