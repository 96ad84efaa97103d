import { beforeAll, describe, expect, it } from 'vitest'
import type { Catalogue } from '../src/catalogue/catalogue'
import { shipped } from './checklist'

let catalogue: Catalogue

beforeAll(async () => {
  catalogue = (await shipped()).catalogue
})

describe('the checklist', () => {
  it('has the 3 phases, 6 questions and 13 items of the document', () => {
    expect(catalogue.document.phases.map(({ id }) => id)).toEqual(['plan', 'deploy', 'optimize'])
    expect(catalogue.questions.map(({ id }) => id)).toEqual(['Q1', 'Q2', 'Q3', 'Q4', 'Q5', 'Q6'])
    expect(catalogue.items.map(({ id }) => id)).toEqual([
      'P1',
      'P2',
      'P3',
      'D1',
      'D2',
      'D3',
      'D4',
      'D5',
      'D6',
      'D7',
      'D8',
      'O1',
      'O2',
    ])
  })

  it('has a core control under every item, and for every question', () => {
    const core = catalogue.controls.filter(({ tier }) => tier === 'core')
    expect(catalogue.items.filter(({ id }) => !core.some(({ item }) => item === id))).toEqual([])
    expect(
      catalogue.questions.filter(({ id }) => !core.some((control) => catalogue.questionsOf(control.id).includes(id))),
    ).toEqual([])
  })

  it('has controls of every unit', () => {
    expect(new Set(catalogue.controls.map(({ unit }) => unit))).toEqual(new Set(['resource', 'namespace', 'cluster']))
  })
})

describe('mappings', () => {
  it('lead both ways', () => {
    expect(catalogue.controlsMappedTo('cis-aks', '4.2.1').map(({ id }) => id)).toContain('AKSC-O1-01')
    expect(catalogue.itemOf('AKSC-O1-01')?.id).toBe('O1')
    expect(catalogue.controlsOf('O1').map(({ id }) => id)).toContain('AKSC-O1-01')
  })

  it('into a framework that is described lead to an item of it that is decided automatically', () => {
    const items = new Map(
      catalogue.frameworks.map(({ name, items }) => [name, new Map(items.map((item) => [item.id, item.status]))]),
    )
    const astray = catalogue.controls.flatMap(({ id, mappings }) =>
      Object.entries(mappings).flatMap(([framework, ids]) =>
        ids.filter((item) => items.get(framework)?.has(item) === false).map((item) => `${id} -> ${framework} ${item}`),
      ),
    )
    expect([...items.keys()]).toEqual(expect.arrayContaining(['cis-aks', 'pss']))
    expect(astray).toEqual([])
  })
})

describe('every control', () => {
  it('reads only kinds that it names, and judges only those', () => {
    const astray = catalogue.controls.flatMap(({ id, unit, kinds, reads, subjects = [] }) =>
      [...Object.keys(reads), ...subjects]
        // A namespace unit always holds its Namespace.
        .filter((kind) => !kinds.includes(kind) && !(unit === 'namespace' && kind === 'Namespace'))
        .map((kind) => `${id} ${kind}`),
    )
    expect(astray).toEqual([])
  })

  it('of a namespace or the cluster says what it reads of the kinds that a cluster has by the thousand', () => {
    const many = ['Pod', 'Deployment', 'ReplicaSet', 'Job', 'Secret', 'ConfigMap', 'ServiceAccount', 'Service']
    const whole = catalogue.controls.filter(
      ({ unit, kinds, reads }) =>
        unit !== 'resource' && kinds.some((kind) => many.includes(kind) && reads[kind] === undefined),
    )
    expect(whole.map(({ id }) => id)).toEqual([])
  })

  it('folds only under ids of this checklist', () => {
    const astray = catalogue.controls.flatMap(({ folds }) =>
      folds.filter((id) => !/^AKSC-[PDO]\d(-(AZ|AT))?-\d\d$/.test(id)),
    )
    expect(astray).toEqual([])
  })

  it('points at what to read', () => {
    expect(
      catalogue.controls.filter(({ relatedResources }) => relatedResources.length === 0).map(({ id }) => id),
    ).toEqual([])
  })
})
