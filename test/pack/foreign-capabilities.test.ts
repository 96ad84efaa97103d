import * as t from 'io-ts'
import { describe, expect, it } from 'vitest'
import { type Capabilities, declareBuiltins, forbid } from '../../src/compiler/index'
import { defineBuiltin } from '../../src/rego/builtin'
import { done, loaded } from '../compiler/loaded'
import { conftest, constraint, findings, gatekeeper, judged, packOf, refused, template } from './foreign'

const SERVICE = `apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {}
---
`

/** A template in v0 and its constraint; the call stands in line 14, column 11. */
const calling = (call: string): string =>
  template(
    'Named',
    `package named

violation[{"msg": msg}] {
  name := input.review.object.metadata.name
  ${call}
  msg := "named"
}`,
  ) + constraint('Named', 'all')

const rules = {
  v0: (call: string) =>
    `package main\n\ndeny[msg] {\n  name := input.metadata.name\n  ${call}\n  msg := "named in v0"\n}`,
  v1: (call: string) =>
    `package main\n\nwarn contains msg if {\n  some name in [input.metadata.name]\n  ${call}\n  msg := "named in v1"\n}`,
}

const without = async (name: string): Promise<Capabilities> =>
  done(await forbid([name], { compiler: await loaded() })())

const withReserved = async (): Promise<Capabilities> =>
  done(
    await declareBuiltins({ 'acme.reserved': { args: ['string'], result: 'boolean' } }, { compiler: await loaded() })(),
  )

const RESERVED = {
  'acme.reserved': defineBuiltin({ args: [t.string], result: t.boolean, call: (name) => name === 'web' }),
}

const FORBIDDEN = 'http.send({"method": "get", "url": name})'

describe('foreign rules that call a forbidden builtin', () => {
  it('of Gatekeeper are refused at the place in the YAML', async () => {
    const capabilities = await without('http.send')
    expect(refused(await gatekeeper(calling(FORBIDDEN), { capabilities }))).toEqual([
      ['rego-error', 'policies.yaml', 14, 11],
    ])
  })

  it.each(['v0', 'v1'] as const)('of Conftest are refused at their place, in %s', async (version) => {
    const capabilities = await without('http.send')
    expect(refused(await conftest({ 'main.rego': rules[version](FORBIDDEN) }, { capabilities }))).toEqual([
      ['rego-error', 'main.rego', 5, 3],
    ])
  })

  it('are built where they call others', async () => {
    const capabilities = await without('http.send')
    const report = await judged(
      await packOf(conftest({ 'a.rego': rules.v0('name != ""'), 'b.rego': rules.v1('name != ""') }, { capabilities })),
      SERVICE,
    )
    expect(report.findings.map(({ message }) => message).sort()).toEqual(['named in v0', 'named in v1'])
  })
})

describe('foreign rules that call a builtin of the caller', () => {
  it('of Gatekeeper are answered by what the pack is loaded with', async () => {
    const built = gatekeeper(calling('acme.reserved(name)'), { capabilities: await withReserved() })
    const report = await judged(await packOf(built, 'theirs', RESERVED), SERVICE + SERVICE.replace('web', 'other'))
    expect(findings(report)).toEqual([['Named/all', 'web', '', 1]])
  })

  it('of Conftest too, in both versions of Rego', async () => {
    const files = { 'a.rego': rules.v0('acme.reserved(name)'), 'b.rego': rules.v1('acme.reserved(name)') }
    const built = conftest(files, { capabilities: await withReserved() })
    const report = await judged(await packOf(built, 'theirs', RESERVED), SERVICE + SERVICE.replace('web', 'other'))
    expect(
      report.findings.map(({ message, resource }) => [message, 'name' in resource && resource.name]).sort(),
    ).toEqual([
      ['named in v0', 'web'],
      ['named in v1', 'web'],
    ])
  })
})
