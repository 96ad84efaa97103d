import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cli, inPackage, type Ran, requireBuilt } from './built'

const folder = mkdtempSync(join(tmpdir(), 'pack-types-'))
const policy = (...args: readonly string[]): Ran => cli(['policy', ...args], { folder })

beforeAll(() => {
  requireBuilt()
  expect(policy('new', 'pack', 'acme').code).toBe(0)
  mkdirSync(join(folder, 'typed/node_modules'), { recursive: true })
  symlinkSync(inPackage('.'), join(folder, 'typed/node_modules/aks-checklist'), 'junction')
})

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

describe('policy types', () => {
  /** What TypeScript says of a program beside the types, in a project that has the package. */
  const typeErrors = (program: string): string => {
    writeFileSync(join(folder, 'typed/program.ts'), program)
    const compiler = [
      inPackage('node_modules/typescript/bin/tsc'),
      '--noEmit',
      '--strict',
      '--exactOptionalPropertyTypes',
    ]
    const target = ['--target', 'es2022', '--module', 'esnext', '--moduleResolution', 'bundler', '--skipLibCheck']
    return spawnSync(process.execPath, [...compiler, ...target, 'program.ts'], {
      cwd: join(folder, 'typed'),
      encoding: 'utf8',
    }).stdout
  }

  it('types findings and parameters of a pack, the same from its folder and its module', () => {
    expect(policy('build', 'acme', '--output', 'acme.wasm').code).toBe(0)
    const types = policy('types', 'acme.wasm')
    expect(types).toMatchObject({ code: 0, err: '' })
    expect(policy('types', 'acme').out).toBe(types.out)
    writeFileSync(join(folder, 'typed/acme.ts'), types.out)
    expect(
      typeErrors(`import type { Finding } from 'aks-checklist'
import { type ControlArgs, type ControlId, type ControlParameters, type FindingOf, isFindingOf } from './acme'

const id: ControlId = 'ACME-01'
export const labelsOf = (findings: readonly Finding[]): readonly string[] =>
  findings.flatMap((finding) => (isFindingOf(id, finding) ? [finding.args.label] : []))
export const args: FindingOf<'ACME-01'>['args'] = { label: 'owner' } satisfies ControlArgs['ACME-01']
export const parameters = { 'ACME-01': { label: 'team' } } satisfies Partial<ControlParameters>
`),
    ).toBe('')
    const wrong = typeErrors(`import type { Finding } from 'aks-checklist'
import { type ControlParameters, isFindingOf } from './acme'

declare const finding: Finding
if (isFindingOf('ACME-01', finding)) finding.args.colour
isFindingOf('ACME-02', finding)
export const parameters = { 'ACME-01': { label: 3 } } satisfies Partial<ControlParameters>
`)
    expect(wrong.match(/program\.ts\(\d+/g)).toEqual(['program.ts(5', 'program.ts(6', 'program.ts(7'])
  }, 300_000)

  it('refuses what is no pack', () => {
    expect(policy('types', 'acme/README.md')).toMatchObject({ code: 2, out: '' })
    expect(policy('types', 'absent.wasm').err).toMatch(/Cannot read absent\.wasm/)
  })
})
