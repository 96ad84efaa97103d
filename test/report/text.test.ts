import { describe, expect, it } from 'vitest'
import { formatReport } from '../../src/report/format'
import { checked, deployment } from '../checklist'

const privileged = '\n          securityContext:\n            privileged: true'
const ESCAPE = String.fromCharCode(27)

const text = async (input: string, options = {}, format = {}) =>
  formatReport(await checked(input, options), 'text', format)

describe('the text report', () => {
  it('answers the questions and items by phase, then shows findings with place, line and remedy', async () => {
    const page = await text(deployment('web', privileged))
    const order = ['Plan', 'Q1', 'P3', 'Deploy', 'Q3', 'D8', 'Optimize', 'Q6', 'O2', 'Findings (', 'Unknown (']
    const places = order.map((part) => page.indexOf(part))
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(places.every((at) => at >= 0)).toBe(true)
    expect(page).toContain('NO      Q6')
    expect(page).toContain('✗ Container web runs privileged  critical AKSC-O1-01')
    expect(page).toContain('Deployment shop/web  input.yaml:17:13')
    expect(page).toContain('17 │ privileged: true')
    expect(page).toMatch(/fix Remove `privileged` from container web/)
  })

  it('is plain unless colour is asked for', async () => {
    expect(await text(deployment('web'))).not.toContain(ESCAPE)
    expect(await text(deployment('web'), {}, { colour: true })).toContain(ESCAPE)
  })

  it('says what to give for what is unknown', async () => {
    const page = await text(deployment('web'))
    expect(page).toContain('--complete')
    expect(page).toContain('az aks show')
    expect(page).toContain('Attestation')
  })

  it('counts a folded finding and does not show it', async () => {
    const input = deployment('web')
    const report = await checked(input, { complete: true })
    const folded = report.findings.filter(({ foldedInto }) => foldedInto === 'AKSC-D3-01')
    expect(folded.length).toBeGreaterThan(0)
    expect(report.controls.find(({ id }) => id === folded[0]?.controlId)?.failed).toBe(1)
    const page = await text(input, { complete: true })
    expect(page).not.toContain(folded[0]?.message)
    expect(page).toContain('shown under another control')
  })

  it('shows five findings of a control and counts the rest', async () => {
    const many = Array.from({ length: 8 }, (_, at) => deployment(`web-${at}`, privileged)).join('---\n')
    const page = await text(many)
    expect(page).toContain('web-4 runs privileged')
    expect(page).not.toContain('web-5 runs privileged')
    expect(page).toContain('and 3 more of AKSC-O1-01')
  })

  it('prints no control characters of the input', async () => {
    const page = await text(deployment('web', privileged).replace('- name: web', `- name: "web\\e[2J"`))
    expect(page).not.toContain(ESCAPE)
    expect(page).toContain('Container web\ufffd[2J runs privileged')
  })

  it('breaks long sentences', async () => {
    const page = await text(deployment('web', privileged), { complete: true, tier: 'all' })
    expect(page.split('\n').filter((line) => line.startsWith('    fix') && line.length > 101)).toEqual([])
  })
})
