import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Either } from 'fp-ts/Either'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openChecklist } from '../../src/cli/packs'
import type { Checklist } from '../../src/index'
import { readSource } from '../../src/manifest/index'
import type { Problem } from '../../src/problem'
import { right } from '../checklist'
import { blocks, openSamples, page } from './sample'
import { typeErrors } from './type-errors'

const guide = page('docs/use-your-own-rego.md')

const [policies = '', pod = '', teams = ''] = blocks(guide, 'yaml')
const [rules = '', control = ''] = blocks(guide, 'rego')
const [gatekeeperSays = '', conftestSays = ''] = blocks(guide, 'text')
const inTypeScript = blocks(guide, 'ts')

const service = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort
`

let root: string
const samples = openSamples(
  'own-rego',
  "{ documents, control }: { documents: import('aks-checklist/compiler').ParsedDocument[], control: string }",
)

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'own-rego-'))
  mkdirSync(join(root, 'gatekeeper'))
  writeFileSync(join(root, 'gatekeeper', 'policies.yaml'), policies)
  mkdirSync(join(root, 'conftest', 'data'), { recursive: true })
  writeFileSync(join(root, 'conftest', 'main.rego'), rules)
  writeFileSync(join(root, 'conftest', 'data', 'teams.yaml'), teams)
})

afterAll(() => {
  rmSync(root, { recursive: true, force: true })
  samples.remove()
})

const says = async (pack: string, text: string): Promise<string> => {
  const checklist = right(await openChecklist([join(root, pack)]))
  const report = right(checklist.check([{ name: 'input.yaml', text }]))
  return report.findings
    .filter(({ controlId }) => !controlId.startsWith('AKSC'))
    .map(
      ({ controlId, severity, location, message }) => `${controlId} ${severity} ${location?.start.line}: ${message}\n`,
    )
    .join('')
}

describe('the samples of the page on own Rego', () => {
  it('for Gatekeeper give the findings it shows', async () => {
    expect(await says('gatekeeper', pod)).toBe(gatekeeperSays)
  })

  it('for Conftest give the findings it shows', async () => {
    expect(await says('conftest', service)).toBe(conftestSays)
  })

  it('for a tool build and load a pack', async () => {
    const { documents } = readSource({ name: 'policies.yaml', text: policies })
    expect(await samples.run(inTypeScript[0] ?? '', 'checklist', { documents })).toMatchObject({
      _tag: 'Right',
    })
  })

  it('with a builtin of its own give the finding that the builtin decides', async () => {
    const given = { control }
    const checklist = right(
      (await samples.run(inTypeScript[1] ?? '', 'checklist', given)) as Either<Problem, Checklist>,
    )
    const text = ['web', 'db'].map((app) => service.replace('name: web', `name: ${app}\n  labels: {app: ${app}}`))
    const report = right(
      checklist.check([{ name: 'services.yaml', text: text.join('---\n') }], { controls: ['SHOP-01'] }),
    )
    expect(report.findings.map(({ message }) => message)).toEqual(['Service db is owned by nobody'])
    expect(report.problems).toEqual([])
  })

  it('for a part of the checklist name what is left', async () => {
    expect(await samples.run(inTypeScript[2] ?? '', 'items', {})).toEqual(['D3', 'D5'])
    expect(inTypeScript).toHaveLength(3)
  })

  it('for a tool have types that are right', () => {
    expect(typeErrors(samples.files())).toBe('')
  })
})
