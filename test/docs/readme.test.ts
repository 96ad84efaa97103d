import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checked, deployment } from '../checklist'
import { archives } from './archives'
import { blocks, openSamples, page } from './sample'
import { typeErrors } from './type-errors'

const readme = page('README.md')
const [quick = '', ...engine] = blocks(readme, 'ts')
const manifest = deployment('web', '\n          securityContext:\n            privileged: true')
const samples = openSamples(
  'readme',
  '{ manifest, console, archive, publicKey }: { manifest: string, console: { log: (...said: unknown[]) => void }, archive: Uint8Array, publicKey: string }',
)
let given: Readonly<Record<string, unknown>>

beforeAll(async () => {
  const { signed, publicKey } = await archives()
  given = { manifest, console: { log: () => {} }, archive: signed, publicKey }
})

afterAll(() => samples.remove())

/** The comment behind a line that declares a variable says its value. */
const said = [...engine.join('').matchAll(/^const (\w+).* \/\/ ([[{'].*)$/gm)].map(
  ([, name = '', value = '']) => [name, value] as const,
)

describe('the README', () => {
  it('has a sample of a check that runs', async () => {
    expect(await samples.run(quick, 'report.questions.length', given)).toBe(6)
  })

  it('has samples of the engine that are one program and give what they say', async () => {
    expect(said.map(([name]) => name)).toEqual(['late', 'written', 'ids', 'north', 'from'])
    const shown = said.map(([name, value]) => `[${name}, ${value.startsWith('{') ? `'${value}'` : value}]`)
    const program = engine.join('')
    const values = await samples.run(program, `{ said: [${shown.join(', ')}], inTime, formatted, ok, counts }`, given)
    expect(values).toMatchObject({
      inTime: { _tag: 'Right', right: { value: [] } },
      formatted: { name: 'shop.rego' },
      ok: true,
      counts: { pass: 1 },
    })
    const { said: pairs } = values as { readonly said: readonly (readonly [unknown, unknown])[] }
    for (const [value, expected] of pairs) expect(value).toEqual(expected)
  })

  it('has samples whose types are right', () => {
    expect(typeErrors(samples.files())).toBe('')
  })

  it('has documents that are read without a problem', async () => {
    const [documents = ''] = blocks(readme, 'yaml')
    const report = await checked(`${documents}---\n${manifest}`)
    expect(report.problems).toEqual([])
    expect(report.snapshot.takenAt).toBe('2026-05-01T08:00:00Z')
    expect(report.controls.find(({ id }) => id === 'AKSC-P1-AT-03')?.verdict).toBe('pass')
  })

  it('names commands and options that exist', () => {
    const cli = page('src/cli/main.ts') + page('src/cli/policy/program.ts')
    const options = [...readme.matchAll(/(?<=\s|`)--[a-z][a-z-]*/g)].map(([option]) => option)
    expect(options.length).toBeGreaterThan(3)
    for (const option of options) expect(cli).toContain(option)
  })

  it('has the numbers of the pages that it points at', () => {
    const conformance = /\*\*([\d,]+ of [\d,]+)\*\*/.exec(page('docs/conformance.md'))?.[1]
    expect(readme).toContain(`${conformance} pass`)
    const runs = (JSON.parse(page('wasm/builtins.json')) as readonly { readonly runs: string }[]).map((row) => row.runs)
    const count = (where: string): number => runs.filter((run) => run === where).length
    const numbers = [...(/Of OPA's[^(]*/.exec(readme)?.[0] ?? '').matchAll(/\d+/g)].map(([digits]) => Number(digits))
    expect(numbers).toEqual([runs.length, ...['module', 'engine', 'opa', 'compiler', 'nowhere'].map(count)])
  })
})
