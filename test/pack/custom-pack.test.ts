import { isLeft, isRight } from 'fp-ts/Either'
import { beforeAll, describe, expect, it } from 'vitest'
import { shippedLibraries } from '../../src/cli/policy/libraries'
import { buildPack } from '../../src/compiler/index'
import { type LoadPackOptions, loadPack, type Pack } from '../../src/pack/pack'
import { deployment, left, right, shipped } from '../checklist'

const rego = `# METADATA
# title: Deployments run at least two replicas
# description: |
#   One replica is gone while its node is updated.
# custom:
#   id: SHOP-D7-01
#   item: D7
#   severity: medium
#   kinds: [Deployment]
#   parameters: {least: 2}
#   args: {replicas: number, least: number}
#   message: "{name} runs {replicas} replicas, fewer than {least}"
#   remediation: "Set replicas to {least} or more."
#   mappings:
#     shop: ["availability-1"]
package controls.d7.single_replica

import data.lib.finding

violation contains finding.at(0, ["spec", "replicas"], {"replicas": replicas, "least": least}) if {
	least := data.parameters["SHOP-D7-01"].least
	replicas := object.get(input.resource, ["spec", "replicas"], 1)
	replicas < least
}
`

const build = async (text: string) =>
  buildPack([{ name: 'single_replica.rego', text }, ...(await shippedLibraries())], { aksNamespaces: [] })()

const pack = async (text: string): Promise<Pack> => {
  const built = await build(text)
  if (isLeft(built)) throw new Error(built.left.map(({ message }) => message).join('\n'))
  return right(await loadPack({ module: built.right.module })())
}

let custom: Pack

beforeAll(async () => {
  custom = await pack(rego)
})

const sources = [
  { name: 'web.yaml', text: deployment('web', '\n          securityContext:\n            privileged: true') },
]

describe('a pack of custom Rego', () => {
  it('answers beside the shipped controls, with findings, lines and mappings of its own', async () => {
    const checklist = right((await shipped()).with(custom))
    const report = right(checklist.check(sources))
    expect(report.findings.map(({ controlId }) => controlId)).toEqual(
      expect.arrayContaining(['AKSC-O1-01', 'SHOP-D7-01']),
    )
    expect(report.findings.find(({ controlId }) => controlId === 'SHOP-D7-01')).toMatchObject({
      item: 'D7',
      severity: 'medium',
      message: 'web runs 1 replicas, fewer than 2',
      args: { replicas: 1, least: 2 },
      remediation: 'Set replicas to 2 or more.',
      location: { source: 'web.yaml', start: { line: 6, column: 1 } },
    })
    expect(checklist.catalogue.controlsMappedTo('shop', 'availability-1').map(({ id }) => id)).toEqual(['SHOP-D7-01'])
    expect(report.items.find(({ id }) => id === 'D7')?.verdict).toBe('fail')
  })

  it('is loaded with a seed, and strictly, as a policy may be', async () => {
    const loadedWith = async (text: string, options: Pick<LoadPackOptions, 'seed' | 'strict'>) => {
      const built = await build(text)
      if (isLeft(built)) throw new Error(built.left.map(({ message }) => message).join('\n'))
      const checklist = right(
        (await shipped()).with(right(await loadPack({ module: built.right.module, ...options })())),
      )
      return checklist.check(sources, { controls: ['SHOP-D7-01'] })
    }
    const random = rego.replace(
      'input.resource, ["spec", "replicas"], 1)',
      '{}, "x", rand.intn("a", 1000000) - 1000000)',
    )
    const replicas = async (seed: number) => right(await loadedWith(random, { seed })).findings[0]?.args['replicas']
    expect(await replicas(1)).toBe(await replicas(1))
    expect(await replicas(1)).not.toBe(await replicas(2))
    const failing = rego.replace('\treplicas < least', '\treplicas < units.parse("no number")')
    expect(right(await loadedWith(failing, {})).problems.map(({ code }) => code)).toContain('policy-builtin-failed')
    expect(left(await loadedWith(failing, { strict: true })).code).toBe('policy-builtin-failed')
  })

  it('takes parameters by its own ids', async () => {
    const checklist = right((await shipped()).with(custom))
    const report = right(checklist.check(sources, { parameters: { 'SHOP-D7-01': { least: 1 } } }))
    expect(report.controls.find(({ id }) => id === 'SHOP-D7-01')?.verdict).toBe('pass')
  })

  it('is refused where an id is taken', async () => {
    const clashing = await pack(rego.replaceAll('SHOP-D7-01', 'AKSC-O1-01'))
    expect(left((await shipped()).with(clashing))).toMatchObject({ code: 'pack-clash', data: { id: 'AKSC-O1-01' } })
  })

  it.each([
    ['a placeholder that is no arg', rego.replace('{name} runs', '{nam} runs'), 'the placeholder {nam}'],
    ['an unknown field', rego.replace('#   kinds:', '#   colour: red\n#   kinds:'), 'custom.colour'],
    ['a severity that does not exist', rego.replace('medium', 'grave'), 'custom.severity'],
    ['an item that is not its folder', rego.replace('item: D7', 'item: D8'), 'stands under d7'],
    ['no title', rego.replace(/# title.*\n/, ''), 'title is missing'],
  ])('is refused by the build with %s, naming the place', async (_, text, reason) => {
    const built = await build(text)
    if (isRight(built)) throw new Error('it was built')
    expect(built.left.map(({ code, message, location }) => [code, message.includes(reason), location?.source])).toEqual(
      [['rego-error', true, 'single_replica.rego']],
    )
  })

  it('whose rows do not fit ends the check with the place', async () => {
    const odd = await pack(
      rego.replace(
        'finding.at(0, ["spec", "replicas"], {"replicas": replicas, "least": least})',
        '[0, "spec", {"replicas": replicas, "least": least}]',
      ),
    )
    const problem = left(right((await shipped()).with(odd)).check(sources))
    expect(problem).toMatchObject({ code: 'policy-output-unexpected', data: { path: 'SHOP-D7-01.violation[0][1]' } })
  })
})

describe('loadPack', () => {
  it('refuses a module without a catalogue', async () => {
    const built = await build(rego)
    if (isLeft(built)) throw new Error('it was not built')
    const sections = built.right.module
    const bare = sections.slice(0, sections.length - JSON.stringify(built.right.catalogue).length - 32)
    expect(left(await loadPack({ module: bare })()).code).toMatch(/^(pack-invalid|policy-not-wasm)$/)
  })

  it('refuses a catalogue that does not fit', async () => {
    const built = await build(rego)
    if (isLeft(built)) throw new Error('it was not built')
    const problem = left(await loadPack({ module: built.right.module, catalogue: { schemaVersion: 2 } })())
    expect(problem.code).toBe('pack-invalid')
  })
})
