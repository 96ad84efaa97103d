import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checked, deployment } from '../checklist'

const read = (file: string): string => readFileSync(fileURLToPath(new URL(`../../${file}`, import.meta.url)), 'utf8')

const blocks = (markdown: string, language: string): readonly string[] =>
  [...markdown.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map((match) => match[1] ?? '')

const folder = fileURLToPath(new URL('./.samples/', import.meta.url))
const manifest = deployment('web', '\n          securityContext:\n            privileged: true')

/** A sample as a module: its imports, and the rest as a function of the manifest that returns one of its variables. */
const moduleOf = (sample: string, variable: string): string => {
  const lines = sample.split('\n')
  const isImport = (line: string): boolean => line.startsWith('import ')
  return [
    ...lines.filter(isImport),
    'export const run = async (manifest: string, console: { log: (...args: unknown[]) => void }) => {',
    ...lines.filter((line) => !isImport(line)),
    `return ${variable}`,
    '}',
  ].join('\n')
}

let made = 0

const run = async (sample: string, variable: string): Promise<unknown> => {
  made += 1
  const file = `${folder}sample-${made}.ts`
  writeFileSync(file, moduleOf(sample, variable))
  const loaded: { readonly run: (manifest: string, console: object) => Promise<unknown> } = await import(
    /* @vite-ignore */ file
  )
  return loaded.run(manifest, { log: () => {} })
}

beforeAll(() => {
  mkdirSync(folder, { recursive: true })
})

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const guide = blocks(read('docs/use-from-your-tool.md'), 'ts')

describe('the samples of the guide', () => {
  const samples: readonly (readonly [string, string, (value: unknown) => void])[] = [
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
    ['print', 'printed', (value) => expect(value).toEqual(['told.rego:4: n is 7 <undefined>'])],
    ['workers and deadlines', 'outcomes', (value) => expect(value).toEqual(['policy-deadline', 20])],
  ]

  it.each(samples.map((sample, at) => [...sample, at] as const))('%s', async (_, variable, assert, at) => {
    assert(await run(guide[at] ?? '', variable))
  })

  it('are all run', () => {
    expect(guide).toHaveLength(samples.length)
  })
})

describe('the README', () => {
  it('has a sample that runs', async () => {
    const [sample = ''] = blocks(read('README.md'), 'ts')
    expect(await run(sample, 'report.questions.length')).toBe(6)
  })

  it('has documents that are read without a problem', async () => {
    const [documents = ''] = blocks(read('README.md'), 'yaml')
    const report = await checked(`${documents}---\n${manifest}`)
    expect(report.problems).toEqual([])
    expect(report.snapshot.takenAt).toBe('2026-05-01T08:00:00Z')
    expect(report.controls.find(({ id }) => id === 'AKSC-P1-AT-03')?.verdict).toBe('pass')
  })

  it('names commands and options that exist', () => {
    const cli = read('src/cli/main.ts') + read('src/cli/policy/program.ts')
    const options = [...read('README.md').matchAll(/(?<=\s|`)--[a-z][a-z-]*/g)].map(([option]) => option)
    expect(options.length).toBeGreaterThan(3)
    for (const option of options) expect(cli).toContain(option)
  })
})
