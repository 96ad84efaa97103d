import { describe, expect, it } from 'vitest'
import { answerOf, checked, deployment, managedCluster, verdictOf } from './checklist'

const open = managedCluster('open')
const closed = managedCluster('closed', { apiServerAccessProfile: { enablePrivateCluster: true } })
const control = 'AKSC-D4-AZ-01'

describe('several managed clusters', () => {
  it('are each judged, and the answer is the worst, naming the cluster', async () => {
    // Of this item alone: the two differ in nothing else.
    const report = await checked({ 'a.json': open, 'b.json': closed }, { items: ['D4'] })
    expect(report.snapshot.clusters).toEqual(['open', 'closed'])
    expect(report.controls.find(({ id }) => id === control)).toMatchObject({ verdict: 'fail', checked: 2, failed: 1 })
    expect(answerOf(report, 'Q3')).toBe('no')
    expect(report.questions.find(({ id }) => id === 'Q3')?.reason).toContain('cluster open')
  })

  it('leave joins with Kubernetes objects unknown, until one is named', async () => {
    const sources = { 'a.json': open, 'b.json': closed, 'web.yaml': deployment('web') }
    const ambiguous = await checked(sources, { complete: true })
    expect(ambiguous.problems.map(({ code }) => code)).toContain('cluster-ambiguous')
    const joining = ambiguous.controls.filter(({ missing }) => missing.some((text) => text.includes('--cluster')))
    expect(joining.map(({ verdict }) => verdict)).toContain('unknown')
    const named = await checked(sources, { complete: true, cluster: 'open' })
    expect(named.problems).toEqual([])
    expect(named.controls.filter(({ missing }) => missing.some((text) => text.includes('--cluster')))).toEqual([])
  })

  it('a name that is not there is a problem', async () => {
    const report = await checked({ 'a.json': open, 'b.json': closed }, { cluster: 'other' })
    expect(report.problems.map(({ code }) => code)).toEqual(['cluster-unknown'])
  })

  it('one that is private passes', async () => {
    expect(verdictOf(await checked({ 'b.json': closed }), control)).toBe('pass')
  })
})
