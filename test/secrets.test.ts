import { describe, expect, it } from 'vitest'
import { levelOf } from '../src/problem'
import { FORMATS, formatReport } from '../src/report/format'
import { checked } from './checklist'

const SECRET = 'hunter2-correct-horse'
const ENCODED = Buffer.from(SECRET).toString('base64')

const workload = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: 'web',
    namespace: 'shop',
    annotations: { 'kubectl.kubernetes.io/last-applied-configuration': `{"password":"${SECRET}"}` },
  },
  spec: {
    template: {
      spec: {
        hostPID: true,
        containers: [
          {
            name: 'web',
            image: 'web',
            env: [
              { name: 'DB_PASSWORD', value: SECRET },
              { name: 'CONNECTION', value: `Server=db;AccountKey=${SECRET}${'A'.repeat(44)}==` },
            ],
            securityContext: { privileged: true },
          },
        ],
      },
    },
  },
}

const secret = (type: string, data: object, stringData: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'tls', namespace: 'shop' },
  type,
  data,
  stringData,
})

const resources = [
  workload,
  secret('kubernetes.io/tls', { 'tls.crt': ENCODED, 'tls.key': ENCODED }, { 'ca.crt': SECRET }),
  { ...secret('kubernetes.io/tls', { 'tls.crt': SECRET }), metadata: { name: 'raw' } },
]

const yamlSecret = `apiVersion: v1
kind: Secret
metadata:
  name: block
type: kubernetes.io/tls
stringData:
  tls.crt: |
    ${SECRET}
  tls.key: ${SECRET}
`

const inputs: Readonly<Record<string, string>> = {
  'compact.json': JSON.stringify({ apiVersion: 'v1', kind: 'List', items: resources }),
  'pretty.json': JSON.stringify({ apiVersion: 'v1', kind: 'List', items: resources }, null, 2),
  'block.yaml': yamlSecret,
  'flow.yaml': `apiVersion: v1\nkind: Secret\nmetadata: {name: flow}\ntype: kubernetes.io/tls\nstringData: {tls.crt: ${SECRET}}\n`,
  'twice.yaml': yamlSecret.replace('  tls.key', `  tls.crt: ${SECRET}\n  tls.key`),
  'broken.json': `{"apiVersion": "v1", "kind": "Secret", "stringData": {"a": "${SECRET}" oops}}`,
  'broken.yaml': `apiVersion: v1\nkind: Secret\nstringData:\n  a: "${SECRET}\n  b: [`,
  'tagged.yaml': `apiVersion: v1\nkind: Secret\nmetadata: {name: tagged}\nstringData:\n  a: !!int ${SECRET}\n  b: !!float ${SECRET}\n`,
  'attestation.yaml': `apiVersion: aks-checklist/v1\nkind: Attestation\ncontrol: AKSC-P1-AT-03\nanswer: ${SECRET}\n`,
}

const options = { complete: true, now: '2026-05-01', tier: 'all' } as const

describe('a secret planted wherever a report could print', () => {
  it('is found by the control that looks for it', async () => {
    const report = await checked(inputs, options)
    expect(report.findings.filter(({ controlId }) => controlId === 'AKSC-D2-02').length).toBeGreaterThan(0)
    expect(report.problems.filter(({ code }) => levelOf(code) === 'error').length).toBeGreaterThanOrEqual(4)
  })

  it.each(FORMATS)('is in no %s report', async (format) => {
    const text = formatReport(await checked(inputs, options), format, { verbose: true })
    for (const value of [SECRET, ENCODED, 'hunter2']) expect(text).not.toContain(value)
  })

  it.each(Object.keys(inputs))('is in no report on %s alone', async (name) => {
    const text = inputs[name] ?? ''
    const report = await checked(
      { [name]: text, 'other.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n' },
      options,
    )
    expect(formatReport(report, 'json')).not.toContain('hunter2')
  })
})
