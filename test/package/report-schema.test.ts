import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020'
import { describe, expect, it } from 'vitest'
import type { CheckOptions } from '../../src/check'
import { formatReport } from '../../src/report/format'
import { report as codec } from '../../src/report/report'
import { checked, managedCluster } from '../checklist'
import { inPackage, succeed } from './built'
import { BROKEN, HARMLESS, PRIVILEGED } from './manifests'

const schemaText = readFileSync(inPackage('schema/report.schema.json'), 'utf8')
const validate = new Ajv2020({ allErrors: true }).compile(JSON.parse(schemaText))

const example = (): Readonly<Record<string, string>> => {
  const folder = inPackage('docs/examples/online-store')
  const files = readdirSync(folder).filter((name) => /\.(ya?ml|json)$/.test(name))
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
}

const WAIVED = `${PRIVILEGED}---
apiVersion: aks-checklist/v1
kind: Waiver
control: AKSC-O1-01
resource: {kind: Pod, namespace: shop, name: probe}
reason: It reads the node's devices.
by: platform@contoso.example
until: 2027-01-01
---
apiVersion: aks-checklist/v1
kind: Snapshot
takenAt: 2026-05-01T08:00:00Z
collected: [{kind: Pod}, {kind: Secret, refused: true}]
`

const INPUTS: Readonly<Record<string, readonly [string | Readonly<Record<string, string>>, CheckOptions]>> = {
  'the example': [example(), {}],
  'the example with all controls': [example(), { tier: 'all', complete: true, now: '2026-05-01' }],
  'nothing that is judged': [HARMLESS, {}],
  'a waived finding and a snapshot document': [WAIVED, {}],
  'a document that cannot be read': [`${BROKEN}---\n${PRIVILEGED}`, {}],
  'a managed cluster': [managedCluster('prod'), { complete: true }],
}

const reportOf = async (name: string): Promise<Readonly<Record<string, unknown>>> => {
  const [input, options] = INPUTS[name] ?? ['', {}]
  return JSON.parse(formatReport(await checked(input, options), 'json'))
}

describe('the schema of reports', () => {
  it('is what the codec says', () => {
    expect(succeed(process.execPath, [inPackage('schema/generate.mjs'), '--print'])).toBe(schemaText)
  })

  it.each(Object.keys(INPUTS))('accepts the report on %s, as the codec does', async (name) => {
    const report = await reportOf(name)
    expect(validate(report), JSON.stringify(validate.errors, null, 2)).toBe(true)
    expect(codec.is(report)).toBe(true)
  })

  it.each<[string, (report: Readonly<Record<string, unknown>>) => unknown]>([
    ['a field it does not know', (report) => ({ ...report, extra: 1 })],
    ['a version it does not describe', (report) => ({ ...report, schemaVersion: 2 })],
    ['a missing part', ({ findings, ...rest }) => (findings === undefined ? undefined : rest)],
    ['a verdict that is none', (report) => ({ ...report, controls: [{ verdict: 'maybe' }] })],
  ])('refuses %s, as the codec does', async (_, change) => {
    const changed = change(await reportOf('the example'))
    expect(validate(changed)).toBe(false)
    expect(codec.is(changed)).toBe(false)
  })
})
