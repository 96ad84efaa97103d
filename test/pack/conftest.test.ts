import { isLeft } from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'
import { deployment } from '../checklist'
import { conftest, findings, judged, packOf, refused, verdict } from './foreign'

const service = (name: string): string => `apiVersion: v1
kind: Service
metadata: {name: ${name}, namespace: shop}
spec: {type: NodePort}
---
`

const V1 = `package main

import data.kinds

deny contains msg if {
  kinds.is_service
  input.spec.type == "NodePort"
  msg := sprintf("%s is on every node", [input.metadata.name])
}

warn_unlabelled contains {"msg": "no labels", "field": "metadata.labels", "details": {"wanted": ["app"]}} if {
  not input.metadata.labels
}`

const KINDS = 'package kinds\n\nis_service if input.kind == "Service"'

describe('a Conftest package', () => {
  it('is a control for each of its rules, over what the rules look at', async () => {
    const pack = await packOf(conftest({ 'main.rego': V1, 'kinds.rego': KINDS }))
    const report = await judged(pack, service('a') + deployment('web'))
    expect(findings(report)).toEqual([
      ['main.deny', 'a', '', 1],
      ['main.warn_unlabelled', 'a', 'metadata.labels', 3],
      ['main.warn_unlabelled', 'web', 'metadata.labels', 8],
    ])
    expect(report.findings[0]).toMatchObject({ severity: 'high', message: 'a is on every node' })
    expect(report.findings[1]).toMatchObject({
      severity: 'medium',
      message: 'no labels',
      args: { details: { wanted: ['app'] } },
    })
  })

  it('of v0 and v1 in one folder is read as each file is written', async () => {
    const v0 = 'package main\n\nimport data.kinds\n\nviolation[{"msg": msg}] {\n  kinds.is_service\n  msg := "v0"\n}'
    const future =
      'package main\n\nimport future.keywords.contains\nimport future.keywords.if\n\nwarn contains "future" if true'
    const pack = await packOf(conftest({ 'a.rego': V1, 'b.rego': v0, 'c.rego': future, 'kinds.rego': KINDS }))
    const report = await judged(pack, service('a'))
    expect(report.findings.map(({ message }) => message).sort()).toEqual([
      'a is on every node',
      'future',
      'no labels',
      'v0',
    ])
  })

  it('of v1 may have template strings, beside files of v0', async () => {
    const text =
      'package main\n\nimport data.kinds\n\ndeny contains $"no {input.kind} like {kinds.name}" if kinds.is_service'
    const old = 'package kinds\n\nname = "this"\n\nis_service { any([input.kind == "Service"]) }'
    const pack = await packOf(conftest({ 'a.rego': text, 'old.rego': old }))
    const report = await judged(pack, service('a'))
    expect(report.findings.map(({ message }) => message)).toEqual(['no Service like this'])
  })

  it('may give a list instead of a set', async () => {
    const pack = await packOf(
      conftest({ 'a.rego': 'package main\n\nviolation := [{"msg": "listed"}] if input.kind == "Service"' }),
    )
    expect((await judged(pack, service('a') + deployment('web'))).findings.map(({ message }) => message)).toEqual([
      'listed',
    ])
  })

  it('makes exceptions by the name of a rule without its prefix', async () => {
    const text = `package main

deny_node_port contains "node port" if input.kind == "Service"

deny contains "any" if input.kind == "Service"

exception contains ["node_port"] if input.metadata.name == "excepted"

exception contains [""] if input.metadata.name == "other"`
    const report = await judged(
      await packOf(conftest({ 'a.rego': text })),
      ['a', 'excepted', 'other'].map(service).join(''),
    )
    expect(
      findings(report)
        .map(([id, name]) => `${id} ${name}`)
        .sort(),
    ).toEqual(['main.deny a', 'main.deny excepted', 'main.deny_node_port a', 'main.deny_node_port other'])
  })

  it('reads data files', async () => {
    const text = 'package main\n\ndeny contains sprintf("port %v", [port]) if some port in data.services.ports'
    const pack = await packOf(conftest({ 'a.rego': text }, { data: { services: { ports: [22] } } }))
    expect((await judged(pack, service('a'))).findings.map(({ message }) => message)).toEqual(['port 22'])
  })

  it('is described by METADATA of rule and package', async () => {
    const text = `# METADATA
# title: Services
# custom:
#   item: D6
#   team: shop
package main

# METADATA
# title: Services are not on every node
# description: A node port is open on each node.
# related_resources: [{ref: "https://example.com/ports"}]
# custom:
#   id: SHOP-D6-01
#   severity: LOW
#   kinds: [Service]
#   mappings: {cis-aks: ["5.4.1"]}
deny contains "x" if input.spec.type == "NodePort"

warn contains "y" if false`
    const pack = await packOf(conftest({ 'a.rego': text }))
    expect(pack.catalogue.controls).toMatchObject([
      {
        id: 'SHOP-D6-01',
        item: 'D6',
        title: 'Services are not on every node',
        description: 'A node port is open on each node.',
        severity: 'low',
        kinds: ['Service'],
        mappings: { 'cis-aks': ['5.4.1'] },
        relatedResources: ['https://example.com/ports'],
      },
      { id: 'main.warn', item: 'D6', title: 'Services: warn', severity: 'medium', kinds: ['*'] },
    ])
    const report = await judged(pack, service('a') + deployment('web'))
    expect(verdict(report, 'SHOP-D6-01')).toEqual(['fail', 1, []])
  })

  it('whose result has no message leaves the resource undecided', async () => {
    const pack = await packOf(conftest({ 'a.rego': 'package main\n\ndeny contains {"message": "x"}' }))
    expect(verdict(await judged(pack, service('a')), 'main.deny')).toEqual([
      'unknown',
      1,
      ['a message (msg) in what the rule gives'],
    ])
  })

  it('has tests, which are no rules', async () => {
    const pack = await packOf(conftest({ 'a.rego': V1, 'k.rego': KINDS, 'a_test.rego': 'not Rego at all' }))
    expect(pack.catalogue.controls).toHaveLength(2)
  })
})

describe('the packages that are asked', () => {
  const files = {
    'main.rego': 'package main\n\ndeny contains "main" if true',
    'team.rego': 'package team.shop\n\ndeny contains "team" if true',
  }

  it('are main, and others are named as not asked', async () => {
    const built = await conftest(files)
    if (isLeft(built)) throw new Error('it was not built')
    expect(built.right.problems).toMatchObject([
      { code: 'conftest-packages-unasked', data: { packages: ['team.shop'] } },
    ])
    const pack = await packOf(Promise.resolve(built))
    expect(pack.catalogue.controls.map(({ id }) => id)).toEqual(['main.deny'])
  })

  it('are all, or the named ones', async () => {
    const all = await packOf(conftest(files, { packages: 'all' }))
    expect(all.catalogue.controls.map(({ id }) => id)).toEqual(['main.deny', 'team.shop.deny'])
    const named = await packOf(conftest(files, { packages: ['team.shop'] }))
    expect((await judged(named, service('a'))).findings.map(({ message }) => message)).toEqual(['team'])
  })

  it('are all where main has no rule', async () => {
    const pack = await packOf(conftest({ 'team.rego': files['team.rego'] }))
    expect(pack.catalogue.controls.map(({ id }) => id)).toEqual(['team.shop.deny'])
  })
})

describe('what cannot be taken', () => {
  it.each([
    ['no rule', 'package main\n\nallow if true', {}, [['pack-invalid']]],
    ['a package without rules', 'package a\n\ndeny contains "x" if true', { packages: ['main'] }, [['pack-invalid']]],
    [
      'a rule that is true instead of giving messages',
      'package main\n\ndeny_pods if input.kind == "Pod"',
      {},
      [['conftest-unsupported']],
    ],
    ['a function', 'package main\n\ndeny(x) := ["x"] if x', {}, [['conftest-unsupported']]],
    [
      'data in the place of a rule',
      'package main\n\ndeny contains "x" if true',
      { data: { main: { deny: [] } } },
      [['rego-error', 'a.rego', 3, 1]],
    ],
    [
      'combined input',
      'package main\n\ndeny contains "x" if input[i].contents.kind == "Service"',
      {},
      [['conftest-unsupported']],
    ],
    [
      'the file of the input',
      'package main\n\ndeny contains data.conftest.file.name if true',
      {},
      [['conftest-unsupported']],
    ],
    ['data of the engine', 'package main\n\ndeny contains "x" if true', { data: { snapshot: {} } }, [['pack-invalid']]],
    ['text that is no Rego', 'package main\n\ndeny contains "x" if {\n  a b\n}', {}, [['rego-error', 'a.rego', 4, 5]]],
    [
      'an unknown function',
      'package main\n\ndeny contains "x" if parse_config("a")',
      {},
      [['rego-error', 'a.rego', 3, 22]],
    ],
    [
      'a field of the wrong type',
      '# METADATA\n# custom: {kinds: Service}\npackage main\n\ndeny contains "x" if true',
      {},
      [['rego-error', 'a.rego', 1, 1]],
    ],
  ])('%s', async (_, text, options, expected) => {
    expect(refused(await conftest({ 'a.rego': text }, options as object))).toEqual(expected)
  })
})
