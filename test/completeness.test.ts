import { describe, expect, it } from 'vitest'
import { checked, deployment, verdictOf } from './checklist'

const web = deployment('web')
const policy = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: all
  namespace: shop
spec:
  podSelector: {}
`
const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n'

const snapshot = (collected: string): string => `apiVersion: aks-checklist/v1
kind: Snapshot
takenAt: 2026-05-01T08:00:00Z
collected:
${collected}`

const all = '  - kind: NetworkPolicy\n  - kind: CustomResourceDefinition\n'

describe('absence', () => {
  it('is unknown in plain manifests, naming what is not complete', async () => {
    const report = await checked(web)
    expect(verdictOf(report, 'AKSC-D3-01')).toBe('unknown')
    expect(report.controls.find(({ id }) => id === 'AKSC-D3-01')?.missing.join()).toContain('NetworkPolicy')
    expect(report.findings.filter(({ controlId }) => controlId === 'AKSC-D3-01')).toEqual([])
  })

  it('is a failure when the input is all there is', async () => {
    const report = await checked(web, { complete: true })
    expect(verdictOf(report, 'AKSC-D3-01')).toBe('fail')
    expect(report.findings.find(({ controlId }) => controlId === 'AKSC-D3-01')?.resource).toEqual({
      apiVersion: 'v1',
      kind: 'Namespace',
      name: 'shop',
    })
  })

  it('stands at the Namespace where there is one, else nowhere', async () => {
    const at = async (text: string) =>
      (await checked(text, { complete: true })).findings.find(({ controlId }) => controlId === 'AKSC-D3-01')?.location
        ?.start
    expect(await at(`${web}---\n${namespace}`)).toEqual({ line: 20, column: 3 })
    expect(await at(web)).toBeUndefined()
  })

  it('is a failure where the snapshot document lists the kinds, a custom kind being complete once definitions were collected', async () => {
    const report = await checked(`${web}---\n${snapshot(all)}`)
    expect(verdictOf(report, 'AKSC-D3-01')).toBe('fail')
  })

  it.each([
    ['does not list the kind', '  - kind: Deployment\n  - kind: CustomResourceDefinition\n'],
    ['was refused the kind', '  - {kind: NetworkPolicy, refused: true}\n  - kind: CustomResourceDefinition\n'],
    [
      'lists another namespace only',
      '  - {kind: NetworkPolicy, namespace: other}\n  - kind: CustomResourceDefinition\n',
    ],
  ])('is unknown where the snapshot document %s', async (_, collected) => {
    expect(verdictOf(await checked(`${web}---\n${snapshot(collected)}`), 'AKSC-D3-01')).toBe('unknown')
  })

  it('is a failure in the one namespace that was collected', async () => {
    const report = await checked(
      `${web}---\n${snapshot('  - {kind: NetworkPolicy, namespace: shop}\n  - kind: CustomResourceDefinition\n')}`,
    )
    expect(verdictOf(report, 'AKSC-D3-01')).toBe('fail')
  })

  it('is no question where what is wanted is there', async () => {
    expect(verdictOf(await checked(`${web}---\n${policy}`), 'AKSC-D3-01')).toBe('pass')
  })
})

describe('time', () => {
  it('comes from the snapshot document, else from the option, else is absent', async () => {
    expect((await checked(`${web}---\n${snapshot(all)}`, { now: '2027-01-01' })).snapshot.now).toBe(
      '2026-05-01T08:00:00Z',
    )
    expect((await checked(web, { now: '2027-01-01' })).snapshot.now).toBe('2027-01-01')
    expect((await checked(web)).snapshot.now).toBeUndefined()
  })
})

describe('own documents', () => {
  it.each<[string, string, string, number]>([
    [
      'an unknown field',
      'kind: Attestation\ncontrol: AKSC-P1-AT-03\nanswer: yes\nby: a\non: 2026-01-01\nwhen: now',
      'own-document-invalid',
      7,
    ],
    [
      'a bad date',
      'kind: Attestation\ncontrol: AKSC-P1-AT-03\nanswer: yes\nby: a\non: 2026-02-30',
      'own-document-invalid',
      6,
    ],
    ['another answer', 'kind: Attestation\ncontrol: AKSC-P1-AT-03\nanswer: perhaps', 'own-document-invalid', 4],
    ['an unknown control', 'kind: Attestation\ncontrol: AKSC-P1-AT-99\nanswer: "yes"', 'own-document-unknown-id', 3],
    ['an unknown kind', 'kind: Statement', 'own-document-invalid', 2],
    [
      'a waiver without reason',
      'kind: Waiver\ncontrol: AKSC-O1-01\nresource: {name: web}\nby: a\nuntil: 2026-01-01',
      'own-document-invalid',
      1,
    ],
  ])('%s is a problem with its line', async (_, text, code, line) => {
    const report = await checked(`${`apiVersion: aks-checklist/v1\n${text}`}\n---\n${web}`)
    expect(report.problems.map((problem) => [problem.code, problem.location?.start.line])).toEqual([[code, line]])
  })
})
