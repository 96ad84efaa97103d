import { describe, expect, it } from 'vitest'
import { checked, deployment, verdictOf } from './checklist'

const bad = deployment('web', '\n          securityContext:\n            privileged: true')
const waiver = (
  until: string,
  resource = '{kind: Deployment, namespace: shop, name: web}',
  control = 'AKSC-O1-01',
): string =>
  `${bad}---
apiVersion: aks-checklist/v1
kind: Waiver
control: ${control}
resource: ${resource}
reason: until the vendor's next release
by: platform
until: ${until}
`
const control = 'AKSC-O1-01'

describe('a waiver', () => {
  it('accepts the finding: waived, listed, and not counted as failed', async () => {
    const report = await checked(waiver('2026-12-31'), { now: '2026-06-01' })
    expect(verdictOf(report, control)).toBe('waived')
    expect(report.controls.find(({ id }) => id === control)).toMatchObject({ failed: 0, waived: 1 })
    expect(report.findings.find(({ controlId }) => controlId === control)?.waiver).toEqual({
      reason: "until the vendor's next release",
      by: 'platform',
      until: '2026-12-31',
    })
  })

  it.each<[string, string, string | undefined, string]>([
    ['that has ended', waiver('2026-05-31'), '2026-06-01', 'waiver-expired'],
    ['that cannot be dated', waiver('2026-12-31'), undefined, 'waiver-undated'],
    [
      'of an unknown control',
      waiver('2026-12-31', '{name: web}', 'AKSC-O1-99'),
      '2026-06-01',
      'own-document-unknown-id',
    ],
  ])('%s does not apply, and says so', async (_, text, now, code) => {
    const report = await checked(text, now === undefined ? {} : { now })
    expect(verdictOf(report, control)).toBe('fail')
    expect(report.problems.map((problem) => problem.code)).toEqual([code])
  })

  it('is in force on its last day', async () => {
    expect(verdictOf(await checked(waiver('2026-06-01'), { now: '2026-06-01T18:00:00Z' }), control)).toBe('waived')
  })

  it('of another resource does not apply', async () => {
    expect(
      verdictOf(
        await checked(waiver('2026-12-31', '{kind: Deployment, namespace: shop, name: api}'), { now: '2026-06-01' }),
        control,
      ),
    ).toBe('fail')
  })
})
