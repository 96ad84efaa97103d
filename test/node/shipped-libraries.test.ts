import { buildPack, testRego } from 'aks-checklist/compiler'
import { shippedLibraries } from 'aks-checklist/node'
import { type Either, isLeft } from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'
import { loaded } from '../compiler/loaded'

const right = <A>(either: Either<unknown, A>): A => {
  if (isLeft(either)) throw new Error(JSON.stringify(either.left))
  return either.right
}

const CONTROL = `# METADATA
# title: Everything has a name
# description: What has none cannot be asked for.
# custom: {id: SHOP-01, item: O1, severity: low, kinds: [Pod], message: "no name", remediation: "Name it."}
package controls.o1.nameless

import data.lib.finding

violation contains finding.at(0, [], {}) if not input.resource.metadata.name
`

const TEST = `package controls.o1.nameless_test

import data.controls.o1.nameless
import data.lib.finding

test_found if nameless.violation == {finding.at(0, [], {})} with input.resource as {"metadata": {}}
`

describe('the libraries that ship with the package', () => {
  it('let policies that import them be tested', async () => {
    const libraries = right(await shippedLibraries()())
    const sources = [{ name: 'a.rego', text: CONTROL }, { name: 'a_test.rego', text: TEST }, ...libraries]
    const report = right(await testRego(sources, { compiler: await loaded() })())
    expect(report).toMatchObject({ ok: true, counts: { pass: 1 } })
  })

  it('are named as in the package, so that a pack is the same wherever it is built', async () => {
    const libraries = right(await shippedLibraries()())
    expect(libraries.every(({ name }) => /^aks-checklist\/policies\/(lib|report)\/.*\w\.rego$/.test(name))).toBe(true)
    const options = { aksNamespaces: [], compiler: await loaded() }
    const built = right(await buildPack([{ name: 'a.rego', text: CONTROL }, ...libraries], options)())
    const text = new TextDecoder('latin1').decode(built.module)
    expect(text).toContain('aks-checklist/policies/lib/finding/finding.rego')
    expect(text).not.toContain(process.cwd())
  })
})
