import { isLeft } from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'
import type { Annotation, InspectedModule } from '../../src/compiler/index'
import { catalogueOf } from '../../src/compiler/pack-catalogue'
import type { JsonObject } from '../../src/json'

const custom: JsonObject = {
  id: 'X-1',
  item: 'D3',
  severity: 'high',
  kinds: ['Pod'],
  message: 'Pod {name} is odd',
  remediation: 'Make it even.',
}

interface Given {
  readonly package?: readonly string[]
  readonly rules?: readonly string[]
  readonly custom?: JsonObject
  readonly annotation?: Partial<Annotation>
}

const module = (given: Given = {}): InspectedModule => {
  const path = given.package ?? ['controls', 'd3', 'odd_pod']
  const name = `${path.join('/')}.rego`
  const place = (line: number) => ({ source: name, start: { line, column: 1 }, end: { line, column: 2 } })
  return {
    name,
    package: path,
    rules: given.rules ?? ['violation'],
    annotations: [
      {
        scope: 'package',
        path,
        title: 'Pods are even',
        description: 'Odd ones fall over.\n',
        entrypoint: false,
        relatedResources: [{ ref: 'https://example.org/even' }],
        custom: { ...custom, ...given.custom },
        location: place(1),
        ...given.annotation,
      },
    ],
    location: place(9),
  }
}

const AKS = ['kube-system', 'gatekeeper-system']

const controls = (...modules: readonly InspectedModule[]): readonly unknown[] => {
  const catalogue = catalogueOf(modules, { aksNamespaces: AKS })
  if (isLeft(catalogue)) throw new Error(catalogue.left.map(({ message }) => message).join('\n'))
  const found = catalogue.right['controls']
  return Array.isArray(found) ? found : []
}

const control = (given: Given): unknown => controls(module(given))[0]

const faults = (...modules: readonly InspectedModule[]): readonly string[] => {
  const catalogue = catalogueOf(modules, { aksNamespaces: AKS })
  return isLeft(catalogue) ? catalogue.left.map(({ message }) => message) : []
}

describe('catalogueOf', () => {
  it('makes every default explicit', () => {
    expect(catalogueOf([module()], { aksNamespaces: AKS })).toMatchObject({
      right: {
        schemaVersion: 1,
        frameworks: {},
        controls: [
          {
            ...custom,
            name: 'odd_pod',
            title: 'Pods are even',
            description: 'Odd ones fall over.',
            tier: 'core',
            unit: 'resource',
            reads: {},
            needs: [],
            owned: false,
            parameters: {},
            args: {},
            sensitive: false,
            folds: [],
            mappings: {},
            relatedResources: ['https://example.org/even'],
            rules: { undecided: false, subject: false },
          },
        ],
      },
    })
  })

  it('carries the checklist and the frameworks along', () => {
    const data = { checklist: { items: [] }, frameworks: { pss: { name: 'pss' } }, aksNamespaces: AKS }
    expect(catalogueOf([], data)).toEqual({
      _tag: 'Right',
      right: { schemaVersion: 1, checklist: { items: [] }, frameworks: { pss: { name: 'pss' } }, controls: [] },
    })
  })

  it('passes over what is no control', () => {
    expect(controls(module({ package: ['lib', 'finding'], custom: { id: 1 } }))).toEqual([])
  })

  it('sorts by item in the order of the document, then by id', () => {
    const given = [
      ['O1', 'X-4'],
      ['D3', 'X-3'],
      ['D3', 'X-2'],
      ['P1', 'X-9'],
    ] as const
    const modules = given.map(([item, id]) =>
      module({ package: ['controls', item.toLowerCase(), id.toLowerCase()], custom: { item, id } }),
    )
    expect(controls(...modules)).toMatchObject([{ id: 'X-9' }, { id: 'X-2' }, { id: 'X-3' }, { id: 'X-4' }])
  })

  it('writes out workloads, each kind once', () => {
    const made = control({
      custom: {
        kinds: ['Pod', 'workloads', 'Service'],
        subjects: ['workloads'],
        needs: ['workloads'],
        reads: { workloads: ['metadata.labels'], Pod: ['spec.nodeName', 'metadata.labels'] },
      },
    })
    const nine = expect.objectContaining({ length: 9 })
    expect(made).toMatchObject({ kinds: expect.objectContaining({ length: 10 }), subjects: nine, needs: nine })
    expect(made).toMatchObject({
      reads: { CronJob: ['metadata.labels'], Pod: ['metadata.labels', 'spec.nodeName'] },
    })
  })

  it('tells which of the optional sets there are', () => {
    expect(control({ rules: ['subject', 'undecided', 'violation'] })).toMatchObject({
      rules: { undecided: true, subject: true },
    })
  })

  it.each<[string, JsonObject[string], unknown]>([
    ['a string', 'a', { type: 'string', default: 'a' }],
    ['a number', 2, { type: 'number', default: 2 }],
    ['false', false, { type: 'boolean', default: false }],
    ['strings', ['a'], { type: 'strings', default: ['a'] }],
    ['an empty list', [], { type: 'strings', default: [] }],
    ['a list of anything', [1, 'a'], { type: 'list', default: [1, 'a'] }],
    ['an object', { a: 1 }, { type: 'object', default: { a: 1 } }],
    ['nothing yet, with a type', { default: null, type: 'number' }, { type: 'number', default: null }],
    ['an empty list of anything', { default: [], type: 'list' }, { type: 'list', default: [] }],
  ])('types a parameter by %s', (_, given, expected) => {
    expect(control({ custom: { parameters: { given } } })).toMatchObject({ parameters: { given: expected } })
  })

  it('fills in the namespaces of AKS', () => {
    const parameters = { excludedNamespaces: 'aks', other: 'aks' }
    expect(control({ custom: { parameters } })).toMatchObject({
      parameters: {
        excludedNamespaces: { type: 'strings', default: AKS },
        other: { type: 'string', default: 'aks' },
      },
    })
  })

  it.each<[string, Given, string]>([
    ['no METADATA', { annotation: { scope: 'rule' } }, 'the package has no METADATA'],
    ['no title', { annotation: { title: '' } }, 'title is missing'],
    ['no description', { annotation: { description: '' } }, 'description is missing'],
    ['an unknown field', { custom: { colour: 'red' } }, 'custom.colour: expected no such field'],
    ['an empty id', { custom: { id: '' } }, 'custom.id is empty'],
    ['an unknown severity', { custom: { severity: 'grave' } }, 'custom.severity: expected critical, high, medium, low'],
    ['an unknown item', { package: ['controls', 'd9', 'x'], custom: { item: 'D9' } }, 'item D9 is none of P1, P2'],
    ['another item than the folder', { custom: { item: 'D4' } }, 'the package stands under d3, its item is D4'],
    ['a package too deep', { package: ['controls', 'd3', 'odd', 'pod'] }, 'a control is a package controls.<item>'],
    ['no rule violation', { rules: ['subject'] }, 'the package has no rule violation'],
    ['an unknown question', { custom: { questions: ['Q7'] } }, 'question Q7 is none of Q1, Q2'],
    ['a placeholder in the message', { custom: { message: '{names} is odd' } }, 'the placeholder {names}'],
    ['a placeholder in the remediation', { custom: { remediation: 'Fix {it}.' } }, 'the placeholder {it}'],
    ['a parameter without a type', { custom: { parameters: { most: null } } }, 'parameter most: null has no type'],
    ['a type unknown', { custom: { parameters: { most: { default: 1, type: 'int' } } } }, 'parameter most: its type'],
    [
      'a default of another type',
      { custom: { parameters: { most: { default: 'a', type: 'number' } } } },
      'its default is not',
    ],
  ])('refuses %s', (_, given, reason) => {
    expect(faults(module(given))).toEqual([expect.stringContaining(reason)])
  })

  it('refuses a second control with an id, naming the first', () => {
    const other = module({ package: ['controls', 'd3', 'other'] })
    expect(faults(module(), other)).toEqual([expect.stringContaining('in use already, in controls/d3/odd_pod.rego')])
  })

  it('tells all faults of all controls, each at its METADATA', () => {
    const catalogue = catalogueOf(
      [
        module({ custom: { severity: 'grave', colour: 'red' } }),
        module({ package: ['controls', 'o1', 'x'], rules: [] }),
      ],
      { aksNamespaces: AKS },
    )
    expect(catalogue).toMatchObject({
      left: [
        {
          code: 'rego-error',
          data: { regoCode: 'metadata_error' },
          location: { source: 'controls/d3/odd_pod.rego', start: { line: 1 } },
        },
        { location: { source: 'controls/d3/odd_pod.rego' } },
        { location: { source: 'controls/o1/x.rego' } },
        { location: { source: 'controls/o1/x.rego' } },
      ],
    })
  })
})
