import { isLeft } from 'fp-ts/Either'
import { beforeAll, describe, expect, it } from 'vitest'
import { shippedLibraries } from '../../src/cli/policy/libraries'
import { type BuildPackOptions, buildPack } from '../../src/compiler/index'
import type { JsonObject } from '../../src/json'
import { checklistOf, loadChecklist, loadPack, type Pack } from '../../src/node'
import { deployment, left, right, shipped } from '../checklist'
import { loaded } from '../compiler/loaded'

const control = (id: string, item: string, name: string, extra = ''): string => `# METADATA
# title: Deployments have a team
# description: Somebody has to answer for them.
# custom:
#   id: ${id}
#   item: ${item}
#   severity: low
#   kinds: [Deployment]
#   message: "{name} has no team"
#   remediation: "Add the label team."${extra}
package controls["${item.toLowerCase()}"].${name}

import data.lib.finding

violation contains finding.at(0, ["metadata"], {}) if not input.resource.metadata.labels.team
`

const CHECKLIST: JsonObject = {
  title: 'The shop',
  phases: [{ id: 'run', title: 'Run' }],
  questions: [{ id: 'S1', phase: 'run', text: 'Is somebody there?' }],
  items: [{ id: 'TEAM', phase: 'run', title: 'Teams', questions: ['S1'], links: [] }],
}

const pack = async (
  files: readonly string[],
  options: Partial<BuildPackOptions> = {},
  name?: string,
): Promise<Pack> => {
  const sources = files.map((text, at) => ({ name: `${at}.rego`, text }))
  const built = await buildPack([...sources, ...(await shippedLibraries())], {
    aksNamespaces: [],
    compiler: await loaded(),
    ...options,
  })()
  if (isLeft(built)) throw new Error(built.left.map(({ message }) => message).join('\n'))
  return right(await loadPack({ module: built.right.module, ...(name === undefined ? {} : { name }) })())
}

const sources = [{ name: 'web.yaml', text: deployment('web') }]

let own: Pack

beforeAll(async () => {
  own = await pack([control('SHOP-01', 'TEAM', 'no_team')], { checklist: CHECKLIST })
})

describe('a pack with a checklist of its own', () => {
  it('replaces the shipped one', async () => {
    const checklist = right(checklistOf([own]))
    const report = right(checklist.check(sources))
    expect(checklist.catalogue.document.title).toBe('The shop')
    expect(report.items.map(({ id, verdict }) => [id, verdict])).toEqual([['TEAM', 'fail']])
    expect(report.questions.map(({ id, answer }) => [id, answer])).toEqual([['S1', 'partly']])
    expect(report.controls.map(({ id }) => id)).toEqual(['SHOP-01'])
  })

  it('does so by its module alone', async () => {
    const built = await buildPack(
      [{ name: 'a.rego', text: control('SHOP-01', 'TEAM', 'no_team') }, ...(await shippedLibraries())],
      { aksNamespaces: [], checklist: CHECKLIST, compiler: await loaded() },
    )()
    if (isLeft(built)) throw new Error('it was not built')
    const checklist = right(await loadChecklist({ module: built.right.module })())
    expect(checklist.catalogue.items.map(({ id }) => id)).toEqual(['TEAM'])
  })

  it('extends the shipped one', async () => {
    const checklist = right((await shipped()).with(own))
    expect(checklist.catalogue.items.map(({ id }) => id).slice(-2)).toEqual(['O2', 'TEAM'])
    expect(checklist.catalogue.questions.map(({ id }) => id).slice(-2)).toEqual(['Q6', 'S1'])
    expect(checklist.catalogue.document.title).toBe('Cluster and application security')
    const report = right(checklist.check(sources))
    expect(report.items.find(({ id }) => id === 'TEAM')?.verdict).toBe('fail')
    expect(report.questions.find(({ id }) => id === 'S1')?.answer).toBe('partly')
  })

  it('may put a control under a question of another', async () => {
    const asked = await pack([control('SHOP-02', 'D7', 'no_team', '\n#   questions: [S1]')], {
      checklist: { ...CHECKLIST, items: [] },
    })
    const checklist = right((await shipped()).with(asked))
    expect(checklist.catalogue.questionsOf('SHOP-02')).toEqual(['S1'])
  })
})

describe('the data of a pack', () => {
  it('may not hide what the engine gives', async () => {
    const built = await buildPack(
      [{ name: 'a.rego', text: control('SHOP-01', 'D7', 'no_team') }, ...(await shippedLibraries())],
      {
        aksNamespaces: [],
        compiler: await loaded(),
        data: { parameters: {} },
      },
    )()
    if (!isLeft(built)) throw new Error('it was built')
    expect(built.left).toMatchObject([{ code: 'rego-error', data: { regoCode: 'data_error' } }])
  })
})

describe('ids of two packs', () => {
  it.each([
    ['an item', { items: [{ id: 'D3', phase: 'run', title: 'Mine', questions: [], links: [] }] }, 'item', 'D3'],
    ['a question', { questions: [{ id: 'Q1', phase: 'run', text: 'Mine?' }] }, 'question', 'Q1'],
    ['a phase with another title', { phases: [{ id: 'plan', title: 'Mine' }] }, 'phase', 'plan'],
  ])('clash in %s', async (_, part, what, id) => {
    const clashing = await pack([], { checklist: { phases: [], questions: [], items: [], ...part } }, 'mine.wasm')
    expect(left((await shipped()).with(clashing))).toMatchObject({
      code: 'pack-clash',
      data: { what, id, packs: ['Cluster and application security', 'mine.wasm'] },
    })
  })

  it('clash in a catalogue that says something else', async () => {
    const framework = { name: 'pss', title: 'Mine', version: '1', items: [] }
    const clashing = await pack([], { frameworks: { pss: framework } }, 'mine.wasm')
    expect(left((await shipped()).with(clashing))).toMatchObject({ data: { what: 'framework', id: 'pss' } })
  })

  it('may be shared by phases and catalogues that are the same', async () => {
    const other = await pack([control('SHOP-02', 'SITE', 'no_team')], {
      checklist: {
        phases: [{ id: 'run', title: 'Run' }],
        questions: [],
        items: [{ id: 'SITE', phase: 'run', title: 'Sites', questions: ['S1'], links: [] }],
      },
    })
    const checklist = right(checklistOf([own, other]))
    expect(checklist.catalogue.document.phases).toEqual([{ id: 'run', title: 'Run' }])
    expect(checklist.catalogue.items.map(({ id }) => id)).toEqual(['TEAM', 'SITE'])
  })

  it('must exist: an item that no pack has', () => {
    const stray = left(
      checklistOf([{ ...own, catalogue: { ...own.catalogue, checklist: { phases: [], questions: [], items: [] } } }]),
    )
    expect(stray).toMatchObject({
      code: 'pack-unknown-id',
      data: { control: 'SHOP-01', what: 'item', id: 'TEAM', known: [] },
    })
  })
})

describe('a part of the checklist', () => {
  it('by items holds these, their controls, questions and phases, and nothing else', async () => {
    const checklist = right((await shipped()).only({ items: ['D3', 'D6'] }))
    const { catalogue } = checklist
    expect(catalogue.items.map(({ id }) => id)).toEqual(['D3', 'D6'])
    expect([...new Set(catalogue.controls.map(({ item }) => item))]).toEqual(['D3', 'D6'])
    expect(catalogue.document.phases.map(({ id }) => id)).toEqual(['deploy'])
    expect(catalogue.questions.length).toBeLessThan(6)
    const report = right(checklist.check(sources))
    expect(report.items.map(({ id }) => id)).toEqual(['D3', 'D6'])
    expect(report.controls.every(({ item }) => item === 'D3' || item === 'D6')).toBe(true)
    expect(report.questions.map(({ id }) => id)).toEqual(catalogue.questions.map(({ id }) => id))
  })

  it('by controls runs them whatever their tier', async () => {
    const extended = (await shipped()).catalogue.controls.find(({ tier }) => tier === 'extended')?.id ?? ''
    const checklist = right((await shipped()).only({ controls: ['AKSC-O1-01', extended] }))
    expect(
      right(checklist.check(sources))
        .controls.map(({ id }) => id)
        .sort(),
    ).toEqual(['AKSC-O1-01', extended].sort())
  })

  it('by tier and by framework is what meets both', async () => {
    const checklist = right((await shipped()).only({ tier: 'core', frameworks: ['pss'] }))
    expect(checklist.catalogue.controls.length).toBeGreaterThan(3)
    expect(checklist.catalogue.controls.every(({ tier, mappings }) => tier === 'core' && 'pss' in mappings)).toBe(true)
  })

  it('may be left out', async () => {
    const whole = (await shipped()).catalogue
    const { catalogue } = right((await shipped()).without({ items: ['D3'] }))
    expect(catalogue.items.map(({ id }) => id)).toEqual(whole.items.map(({ id }) => id).filter((id) => id !== 'D3'))
    const less = right((await shipped()).without({ controls: ['AKSC-O1-01'] })).catalogue
    expect(less.controls.length).toBe(whole.controls.length - 1)
    expect(less.control('AKSC-O1-01')).toBeUndefined()
    expect(less.items).toEqual(whole.items)
  })

  it('takes waivers, attestations and parameters of the rest without a problem', async () => {
    const checklist = right((await shipped()).only({ items: ['D3'] }))
    const attestation = `apiVersion: aks-checklist/v1
kind: Attestation
control: AKSC-P1-AT-03
answer: "yes"
by: me
on: 2026-01-01
evidence: [x]
`
    const report = right(
      checklist.check([...sources, { name: 'own.yaml', text: attestation }], {
        parameters: { 'AKSC-O1-01': { excludedImages: [] } },
      }),
    )
    expect(report.problems).toEqual([])
  })

  it('can be extended afterwards', async () => {
    const checklist = right(right((await shipped()).only({ items: ['D3'] })).with(own))
    expect(checklist.catalogue.items.map(({ id }) => id)).toEqual(['D3', 'TEAM'])
    expect(right(checklist.check(sources)).findings.some(({ controlId }) => controlId === 'SHOP-01')).toBe(true)
  })

  it.each([
    ['items', { items: ['X1'] }],
    ['controls', { controls: ['AKSC-X1-01'] }],
    ['frameworks', { frameworks: ['iso'] }],
  ] as const)('is refused where %s name what is not there', async (option, selection) => {
    expect(left((await shipped()).only(selection))).toMatchObject({ code: 'option-invalid', data: { option } })
    expect(left((await shipped()).without(selection))).toMatchObject({ code: 'option-invalid', data: { option } })
  })
})
