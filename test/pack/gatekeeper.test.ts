import { isLeft } from 'fp-ts/Either'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Report } from '../../src/report/build'
import { left, right, shipped } from '../checklist'
import { constraint, findings, gatekeeper, indented, judged, packOf, refused, template, verdict } from './foreign'

const OWNER = `package owner

violation[{"msg": msg, "details": {"missing": missing}}] {
  label := input.parameters.labels[_]
  not has(label)
  missing := label
  msg := sprintf("%v %v of %v has no label %v", [input.review.kind.kind, input.review.name, object.get(input.review, "namespace", "none"), label])
}

has(label) {
  input.review.object.metadata.labels[label]
}`

const owner = (match: string, name = 'all'): string =>
  template('RequiredOwner', OWNER) + constraint('RequiredOwner', name, matching(match))

const service = (name: string, namespace: string, labels = '{}'): string => `apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: ${namespace}, labels: ${labels}}
spec: {selector: {app: ${name}}}
---
`

const namespace = (name: string, labels: string): string => `apiVersion: v1
kind: Namespace
metadata: {name: ${name}, labels: ${labels}}
---
`

const matching = (match: string): string => `\n  match: ${match}\n  parameters: {labels: [owner]}`

const MATCHES: readonly (readonly [string, readonly string[]])[] = [
  ['{kinds: [{apiGroups: [""], kinds: [Service]}]}', ['a', 'b', 'c']],
  ['{kinds: [{apiGroups: ["*"], kinds: ["*"]}]}', ['a', 'b', 'c', 'kube-system', 'shop']],
  ['{kinds: [{apiGroups: ["apps"], kinds: [Service]}]}', []],
  ['{kinds: [{apiGroups: ["*"], kinds: [Namespace]}]}', ['kube-system', 'shop']],
  ['{scope: Cluster}', ['kube-system', 'shop']],
  ['{scope: Namespaced}', ['a', 'b', 'c']],
  ['{namespaces: [kube-*]}', ['c', 'kube-system']],
  ['{namespaces: ["*-system", shop]}', ['a', 'b', 'c', 'kube-system', 'shop']],
  ['{excludedNamespaces: ["*-system"]}', ['a', 'b', 'shop']],
  ['{labelSelector: {matchLabels: {tier: web}}}', ['a']],
  [
    '{labelSelector: {matchExpressions: [{key: tier, operator: NotIn, values: [web]}]}}',
    ['b', 'c', 'kube-system', 'shop'],
  ],
  ['{namespaceSelector: {matchLabels: {env: prod}}}', ['a', 'b', 'shop']],
  ['{namespaceSelector: {matchExpressions: [{key: env, operator: DoesNotExist}]}}', ['c', 'kube-system']],
  ['{name: a*}', ['a']],
  ['{source: Original, name: b}', ['b']],
]

const ID = 'RequiredOwner/all'

describe('a constraint', () => {
  it('is a control whose findings stand at the resource, with message, details and severity', async () => {
    const pack = await packOf(gatekeeper(owner('{kinds: [{apiGroups: [""], kinds: [Service]}]}')))
    const report = await judged(pack, service('good', 'shop', '{owner: me}') + service('bad', 'shop'))
    expect(report.findings).toMatchObject([
      {
        controlId: ID,
        item: 'O1',
        severity: 'high',
        resource: { kind: 'Service', name: 'bad', namespace: 'shop' },
        path: [],
        location: { source: 'input.yaml', start: { line: 6, column: 1 } },
        message: 'Service bad of shop has no label owner',
        args: { msg: 'Service bad of shop has no label owner', details: { missing: 'owner' } },
      },
    ])
    expect(verdict(report, ID)).toEqual(['fail', 2, []])
  })

  it('takes parameters from configuration', async () => {
    const pack = await packOf(gatekeeper(owner('{kinds: [{kinds: [Service]}]}')))
    const report = await judged(pack, service('web', 'shop', '{team: a}'), {
      parameters: { [ID]: { labels: ['team'] } },
    })
    expect(verdict(report, ID)).toEqual(['pass', 1, []])
  })

  it("takes the defaults of its template's schema for parameters that it does not set", async () => {
    const schema = {
      properties: {
        labels: { type: 'array', default: ['owner'] },
        none: { type: 'string', default: 'x' },
        optional: { type: 'string', default: 'x', nullable: true },
        inner: { type: 'object', properties: { depth: { default: 2 } } },
        absent: { type: 'object', properties: { depth: { default: 2 } } },
        made: { type: 'object', default: {}, properties: { depth: { default: 2 } } },
        list: { type: 'array', items: { properties: { depth: { default: 2 } } } },
        byName: { type: 'object', additionalProperties: { properties: { depth: { default: 2 } } } },
      },
    }
    const crd = `crd: {spec: {names: {kind: RequiredOwner}, validation: {openAPIV3Schema: ${JSON.stringify(schema)}}}}`
    const text = template('RequiredOwner', OWNER).replace(/crd: .*/, crd)
    const given = '\n  parameters: {none: null, optional: null, inner: {}, list: [{a: 1}, {depth: 1}], byName: {a: {}}}'
    const pack = await packOf(
      gatekeeper(text + constraint('RequiredOwner', 'some', given) + constraint('RequiredOwner', 'no-parameters')),
    )
    const parameters = pack.catalogue.controls.map((control) =>
      Object.fromEntries(Object.entries(control.parameters).map(([name, { default: value }]) => [name, value])),
    )
    expect(parameters).toEqual([
      {
        labels: ['owner'],
        none: 'x',
        optional: null,
        inner: { depth: 2 },
        made: { depth: 2 },
        list: [{ a: 1, depth: 2 }, { depth: 1 }],
        byName: { a: { depth: 2 } },
      },
      // As the API server has it: what is absent has no fields that could be filled in.
      {},
    ])
    const report = await judged(pack, service('bad', 'shop'))
    expect(verdict(report, 'RequiredOwner/some')).toEqual(['fail', 1, []])
  })

  it('may hold a byte order mark, which no Rego may', async () => {
    const pack = await packOf(gatekeeper(owner('{labelSelector: {matchLabels: {tier: "\\uFEFFweb"}}}')))
    const report = await judged(pack, service('a', 'shop', '{tier: "\\uFEFFweb"}') + service('b', 'shop'))
    expect(findings(report).map(([, name]) => name)).toEqual(['a'])
  })

  describe('matches by', () => {
    let report: Report

    beforeAll(async () => {
      const constraints = MATCHES.map(([match], at) => constraint('RequiredOwner', `m${at}`, matching(match)))
      const pack = await packOf(gatekeeper(template('RequiredOwner', OWNER) + constraints.join('')))
      report = await judged(
        pack,
        service('a', 'shop', '{tier: web}') +
          service('b', 'shop') +
          service('c', 'kube-system') +
          namespace('shop', '{env: prod}') +
          namespace('kube-system', '{}'),
      )
    })

    it.each(MATCHES.map(([match, names], at) => [match, names, `RequiredOwner/m${at}`] as const))(
      '%s',
      (_, names, id) => {
        const found = findings(report).filter(([control]) => control === id)
        expect(found.map(([, name]) => name).sort()).toEqual(names)
        expect(verdict(report, id)).toEqual([names.length === 0 ? 'not-applicable' : 'fail', names.length, []])
      },
    )
  })

  it('is undecided where the Namespace that its selector asks for was not given', async () => {
    const pack = await packOf(gatekeeper(owner('{namespaceSelector: {matchLabels: {env: prod}}}')))
    const report = await judged(pack, service('a', 'shop'))
    expect(verdict(report, ID)).toEqual(['unknown', 0, ['Namespace shop']])
  })

  it('judges a service without a namespace in the one it lands in', async () => {
    const pack = await packOf(gatekeeper(owner('{namespaces: [default]}')))
    const report = await judged(pack, 'apiVersion: v1\nkind: Service\nmetadata: {name: web}\n')
    expect(report.findings.map(({ message }) => message)).toEqual(['Service web of default has no label owner'])
  })

  it.each([
    ['deny', 'high'],
    ['warn', 'medium'],
    ['dryrun', 'low'],
    ['scoped\n  scopedEnforcementActions: [{action: warn, enforcementPoints: [{name: x}]}]', 'medium'],
  ])('whose action is %s has severity %s', async (action, severity) => {
    const text = owner('{}').replace('enforcementAction: deny', `enforcementAction: ${action}`)
    expect((await packOf(gatekeeper(text))).catalogue.controls[0]?.severity).toBe(severity)
  })

  it('is described by annotations of its own and of its template', async () => {
    const text =
      template(
        'RequiredOwner',
        OWNER,
        '\n  annotations:\n    metadata.gatekeeper.sh/title: Owners\n    description: Says who.\n    aks-checklist/item: D1',
      ) +
      constraint(
        'RequiredOwner',
        'all',
        '',
        '\n  annotations: {aks-checklist/id: SHOP-01, aks-checklist/severity: critical}',
      )
    const { catalogue } = await packOf(gatekeeper(text, { item: 'D7' }))
    expect(catalogue.controls).toMatchObject([
      { id: 'SHOP-01', item: 'D1', title: 'Owners: all', description: 'Says who.', severity: 'critical', tier: 'core' },
    ])
  })

  it('stands under the item that is given, where no annotation names one', async () => {
    expect((await packOf(gatekeeper(owner('{}'), { item: 'D7' }))).catalogue.controls[0]?.item).toBe('D7')
  })
})

const IMAGE = `package image

import data.lib.images

violation contains {"msg": msg, "details": {"path": ["spec", "containers", at, "image"]}} if {
  some at, container in input.review.object.spec.containers
  images.floating(container.image)
  msg := sprintf("%s floats", [container.image])
}`

const IMAGES = `package lib.images

floating(image) if endswith(image, ":latest")

floating(image) if not contains(image, ":")`

const modern = (version: string, main = IMAGE, lib = IMAGES): string => `apiVersion: templates.gatekeeper.sh/v1
kind: ConstraintTemplate
metadata: {name: pinnedimages}
spec:
  crd: {spec: {names: {kind: PinnedImages}}}
  targets:
    - target: admission.k8s.gatekeeper.sh
      code:
        - engine: K8sNativeValidation
          source: {validations: []}
        - engine: Rego
          source:
            version: ${version}
            rego: |
${indented(main, 14)}
            libs:
              - |
${indented(lib, 16)}
---
`

const pod = `apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  containers:
    - name: a
      image: a:1.0
    - name: b
      image: b:latest
---
`

describe('a template', () => {
  it('of Rego v1 with libraries gives findings at the path that its details name', async () => {
    const pack = await packOf(gatekeeper(modern('v1') + constraint('PinnedImages', 'all')))
    expect(findings(await judged(pack, pod))).toEqual([['PinnedImages/all', 'web', 'spec.containers.1.image', 9]])
  })

  it.each(['spec.containers[1].image', '/spec/containers/1/image'])('may write the path as %s', async (path) => {
    const main = IMAGE.replace('["spec", "containers", at, "image"]', `"${path}"`)
    const pack = await packOf(gatekeeper(modern('v1', main) + constraint('PinnedImages', 'all')))
    expect(findings(await judged(pack, pod))).toEqual([['PinnedImages/all', 'web', 'spec.containers.1.image', 9]])
  })

  it('of v1 may have template strings, which reach its libraries and hold other text', async () => {
    const text = `apiVersion: templates.gatekeeper.sh/v1
kind: ConstraintTemplate
metadata: {name: told}
spec:
  crd: {spec: {names: {kind: Told}}}
  targets:
    - target: admission.k8s.gatekeeper.sh
      code:
        - engine: Rego
          source:
            version: v1
            libs: ["package lib.names\\n\\nof(o, end) := concat(end, [o.metadata.name, end])"]
            rego: |
              package told

              violation contains {"msg": $"data.lib says {data.lib.names.of(input.review.object, "!")}"} if true
---
`
    const pack = await packOf(gatekeeper(text + constraint('Told', 'all')))
    const report = await judged(pack, service('web', 'shop'))
    expect(report.findings.map(({ message }) => message)).toEqual(['data.lib says web!!'])
  })

  it('of v0 and one of v1, with packages of one name, stand in one pack', async () => {
    const other = modern(
      'v0',
      IMAGE.replace(' contains {', '[{')
        .replace('"image"]}} if', '"image"]}}] ')
        .replace('some at, container in input', 'container := input')
        .replace('.containers\n', '.containers[at]\n'),
      IMAGES.replaceAll(') if ', ') { ').replaceAll(/(latest"\)|":"\))/g, '$1 }'),
    )
      .replaceAll('PinnedImages', 'OldImages')
      .replace('pinnedimages', 'oldimages')
    const pack = await packOf(
      gatekeeper(modern('v1') + other + constraint('PinnedImages', 'all') + constraint('OldImages', 'all')),
    )
    expect(findings(await judged(pack, pod))).toEqual([
      ['OldImages/all', 'web', 'spec.containers.1.image', 9],
      ['PinnedImages/all', 'web', 'spec.containers.1.image', 9],
    ])
  })

  it('that reads the inventory sees all resources of the kinds it names, and its own object', async () => {
    const rego = `package unique

violation[{"msg": msg}] {
  other := data.inventory.namespace[ns]["v1"].Service[name]
  [ns, name] != [input.review.namespace, input.review.name]
  other.spec.selector == input.review.object.spec.selector
  data.inventory.cluster.v1.Namespace[ns]
  msg := sprintf("%s selects what %s/%s selects", [input.review.name, ns, name])
}`
    const synced =
      '\n  annotations:\n    metadata.gatekeeper.sh/requires-sync-data: |\n      "[[{"groups": [""], "versions": ["v1"], "kinds": ["Service", "Namespace"]}]]"'
    const text =
      template('UniqueSelector', rego, synced) +
      constraint('UniqueSelector', 'all', '\n  match: {kinds: [{kinds: [Service]}]}')
    const pack = await packOf(gatekeeper(text))
    const same = service('web', 'shop') + service('web', 'blog') + service('api', 'shop') + namespace('blog', '{}')
    const report = await judged(pack, same)
    expect(report.findings.map(({ message }) => message)).toEqual(['web selects what blog/web selects'])
    expect(verdict(report, 'UniqueSelector/all')).toEqual(['fail', 3, []])
    expect(pack.catalogue.controls[0]?.kinds).not.toContain('*')
  })

  it('that reads the Namespace of an object is undecided without it', async () => {
    const rego = `package team

violation[{"msg": msg}] {
  not input.review.namespaceObject.metadata.labels.team
  msg := "no team"
}`
    const pack = await packOf(
      gatekeeper(template('Team', rego) + constraint('Team', 'all', '\n  match: {kinds: [{kinds: [Service]}]}')),
    )
    expect(verdict(await judged(pack, service('a', 'shop')), 'Team/all')).toEqual(['unknown', 0, ['Namespace shop']])
    const given = await judged(pack, service('a', 'shop') + namespace('shop', '{team: a}'))
    expect(verdict(given, 'Team/all')).toEqual(['pass', 1, []])
  })

  it('whose violation has no message leaves the resource undecided', async () => {
    const pack = await packOf(
      gatekeeper(
        template('Silent', 'package silent\n\nviolation[{"details": {}}] {\n  true\n}') + constraint('Silent', 'all'),
      ),
    )
    const [found, , missing] = verdict(await judged(pack, service('a', 'shop')), 'Silent/all')
    expect([found, missing]).toEqual(['unknown', ['a message (msg) in what the rule gives']])
  })

  it('whose functions disagree about one object leaves that one undecided and judges the rest', async () => {
    const rego = `package torn

kind_of(labels) = x { x := labels.a }
kind_of(labels) = x { x := labels.b }

violation[{"msg": msg}] {
  msg := kind_of(input.review.object.metadata.labels)
}`
    const text = template('Torn', rego) + constraint('Torn', 'all') + owner('{}')
    const report = await judged(
      await packOf(gatekeeper(text)),
      service('one', 'shop', '{a: x, owner: me}') +
        service('two', 'shop', '{a: x, b: y, owner: me}') +
        service('three', 'shop'),
    )
    expect(findings(report).map(([id, name]) => [id, name])).toEqual([
      [ID, 'three'],
      ['Torn/all', 'one'],
    ])
    expect(report.controls.find(({ id }) => id === 'Torn/all')).toMatchObject({ checked: 3, failed: 1, undecided: 1 })
    expect(report.problems.map(({ code }) => code)).toEqual(['policy-conflict'])
  })

  it('judges a Pod that a controller made', async () => {
    const pack = await packOf(
      gatekeeper(modern('v1') + constraint('PinnedImages', 'all', '\n  match: {kinds: [{kinds: [Pod]}]}')),
    )
    const made = pod.replace(
      'namespace: shop}',
      'namespace: shop, ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web, uid: "1", controller: true}]}',
    )
    const replicas = 'apiVersion: apps/v1\nkind: ReplicaSet\nmetadata: {name: web, namespace: shop, uid: "1"}\n---\n'
    expect(findings(await judged(pack, replicas + made)).map(([, name]) => name)).toEqual(['web'])
  })
})

describe('what cannot be taken as given', () => {
  const cel = modern('v1').replace(/ {8}- engine: Rego[\s\S]*?---\n/, '---\n')

  it('a template for CEL: a problem, and its constraint is undecided', async () => {
    const built = await gatekeeper(cel + constraint('PinnedImages', 'all'))
    if (isLeft(built)) throw new Error('it was not built')
    expect(built.right.problems.map(({ code, location }) => [code, location?.start.line])).toEqual([
      ['gatekeeper-unsupported', 1],
    ])
    const report = await judged(await packOf(Promise.resolve(built)), pod)
    expect(verdict(report, 'PinnedImages/all')).toEqual(['unknown', 0, ['an engine for K8sNativeValidation']])
  })

  it('a template without a constraint: a problem beside the pack', async () => {
    const built = await gatekeeper(modern('v1') + owner('{}'))
    if (isLeft(built)) throw new Error('it was not built')
    expect(built.right.problems).toMatchObject([
      { code: 'gatekeeper-template-unused', data: { kind: 'PinnedImages' }, location: { start: { line: 1 } } },
    ])
  })

  it.each([
    [
      'a constraint without a template',
      constraint('Absent', 'all'),
      [['gatekeeper-template-missing', 'policies.yaml', 1, 1]],
    ],
    [
      'a field that match does not have',
      owner('{namespace: [shop]}'),
      [['gatekeeper-invalid', 'policies.yaml', 29, 11]],
    ],
    [
      'an operator that does not exist',
      owner('{labelSelector: {matchExpressions: [{key: a, operator: Is}]}}'),
      [['gatekeeper-invalid', 'policies.yaml', 29, 55]],
    ],
    [
      'what only an expansion makes',
      owner('{source: Generated}'),
      [['gatekeeper-unsupported', 'policies.yaml', 29, 11]],
    ],
    [
      'an unknown annotation of this project',
      constraint('X', 'a', '', '\n  annotations: {aks-checklist/items: D1}'),
      [['gatekeeper-invalid', 'policies.yaml', 5, 17]],
    ],
    [
      'two constraints of one name',
      owner('{}') + constraint('RequiredOwner', 'all'),
      [['gatekeeper-invalid', 'policies.yaml', 35, 3]],
    ],
    [
      'an expansion template',
      'apiVersion: expansion.gatekeeper.sh/v1alpha1\nkind: ExpansionTemplate\n',
      [['gatekeeper-unsupported', 'policies.yaml', 1, 1]],
    ],
    [
      'Rego without violation',
      template('X', 'package x\n\ndeny[x] {\n  x := 1\n}') + constraint('X', 'a'),
      [['gatekeeper-invalid', 'policies.yaml', 9, 7]],
    ],
    [
      'data that is not there',
      template('X', 'package x\n\nviolation[{"msg": "x"}] {\n  data.other\n}') + constraint('X', 'a'),
      [['gatekeeper-invalid', 'policies.yaml', 9, 7]],
    ],
  ])('%s', async (_, text, expected) => {
    expect(refused(await gatekeeper(text))).toEqual(expected)
  })

  it('Rego that does not compile, at its place in the YAML', async () => {
    const broken = OWNER.replace('has(label)\n  missing', 'hass(label)\n  missing')
    expect(refused(await gatekeeper(template('X', broken) + constraint('X', 'a')))).toEqual([
      ['rego-error', 'policies.yaml', 14, 11],
    ])
  })

  it('an id that stands in another pack, naming both', async () => {
    const text =
      template('RequiredOwner', OWNER) +
      constraint('RequiredOwner', 'all', '', '\n  annotations: {aks-checklist/id: AKSC-O1-01}')
    const problem = left((await shipped()).with(await packOf(gatekeeper(text), 'gatekeeper/')))
    expect(problem).toMatchObject({
      code: 'pack-clash',
      data: { what: 'control', id: 'AKSC-O1-01', packs: ['Cluster and application security', 'gatekeeper/'] },
    })
  })

  it('an item that is in no checklist', async () => {
    const problem = left((await shipped()).with(await packOf(gatekeeper(owner('{}'), { item: 'X9' }))))
    expect(problem).toMatchObject({ code: 'pack-unknown-id', data: { control: ID, what: 'item', id: 'X9' } })
  })
})

describe('documents of a kubectl list', () => {
  it('are read one by one', async () => {
    const list = JSON.stringify({
      apiVersion: 'v1',
      kind: 'List',
      items: [
        {
          apiVersion: 'templates.gatekeeper.sh/v1',
          kind: 'ConstraintTemplate',
          metadata: { name: 'x' },
          spec: {
            crd: { spec: { names: { kind: 'X' } } },
            targets: [{ target: 'admission.k8s.gatekeeper.sh', rego: 'package x\nviolation[{"msg": "x"}] { true }' }],
          },
        },
        { apiVersion: 'constraints.gatekeeper.sh/v1beta1', kind: 'X', metadata: { name: 'all' }, spec: {} },
      ],
    })
    const pack = await packOf(gatekeeper(list))
    expect(right((await shipped()).with(pack)).catalogue.control('X/all')?.name).toBe('X/all')
  })
})
