import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openChecklist } from '../../src/cli/packs'
import { shippedLibraries } from '../../src/cli/policy/libraries'
import { readSource } from '../../src/manifest/index'
import { right } from '../checklist'

const page = readFileSync(fileURLToPath(new URL('../../docs/use-your-own-rego.md', import.meta.url)), 'utf8')

const blocks = (language: string): readonly string[] =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map((match) => match[1] ?? '')

const [policies = '', pod = '', teams = ''] = blocks('yaml')
const [rules = ''] = blocks('rego')
const [gatekeeperSays = '', conftestSays = ''] = blocks('text')
const samples = blocks('ts')

const service = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort
`

let root: string
const modules = fileURLToPath(new URL('./.own-rego/', import.meta.url))

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'own-rego-'))
  mkdirSync(join(root, 'gatekeeper'))
  writeFileSync(join(root, 'gatekeeper', 'policies.yaml'), policies)
  mkdirSync(join(root, 'conftest', 'data'), { recursive: true })
  writeFileSync(join(root, 'conftest', 'main.rego'), rules)
  writeFileSync(join(root, 'conftest', 'data', 'teams.yaml'), teams)
  mkdirSync(modules, { recursive: true })
})

afterAll(() => {
  rmSync(root, { recursive: true, force: true })
  rmSync(modules, { recursive: true, force: true })
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

/** A sample as a module: its imports, and the rest as a function that returns one of its variables. */
const run = async (sample: string, variable: string, given: Readonly<Record<string, unknown>>): Promise<unknown> => {
  const lines = sample.split('\n')
  const isImport = (line: string): boolean => line.startsWith('import ')
  const file = `${modules}${variable}.ts`
  const parameters = `{ ${Object.keys(given).join(', ')} }: Record<string, any>`
  writeFileSync(
    file,
    [
      ...lines.filter(isImport),
      `export const run = async (${parameters}) => {`,
      ...lines.filter((line) => !isImport(line)),
      `return ${variable}`,
      '}',
    ].join('\n'),
  )
  const loaded: { readonly run: (given: Readonly<Record<string, unknown>>) => Promise<unknown> } = await import(
    /* @vite-ignore */ file
  )
  return loaded.run(given)
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
    const libraries = await shippedLibraries()
    expect(await run(samples[0] ?? '', 'checklist', { documents, libraries })).toMatchObject({ _tag: 'Right' })
  })

  it('for a part of the checklist name what is left', async () => {
    expect(await run(samples[1] ?? '', 'items', {})).toEqual(['D3', 'D5'])
    expect(samples).toHaveLength(2)
  })
})
