import { loadPolicy } from '@open-policy-agent/opa-wasm'
import { beforeAll, describe, expect, it } from 'vitest'
import { buildPack, type RegoCompiler, type RegoSource } from '../../src/compiler/index'
import { done, loaded, rows } from './loaded'

let compiler: RegoCompiler

beforeAll(async () => {
  compiler = await loaded()
})

const report = `package report

outcomes := [[row | some row in data.controls[item][name].violation] |
	some [item, name] in input.controls
]
`

const control = (item: string, name: string, id: string): RegoSource => ({
  name: `controls/${item}/${name}/${name}.rego`,
  text: `# METADATA
# title: Ports are even
# description: Odd ones – like 3 – are not.
# custom:
#   id: ${id}
#   item: ${item.toUpperCase()}
#   severity: low
#   kinds: [Service]
#   args: {port: number}
#   message: "Port {port} of {name} is odd"
#   remediation: "Add one."
package controls.${item}.${name}

violation contains [0, ["spec"], {"port": port}] if {
	some port in input.resource.ports
	port % 2 == 1
}
`,
})

const sources = [
  control('d3', 'odd_port', 'X-2'),
  control('o1', 'odd_port', 'X-3'),
  { name: 'report.rego', text: report },
]

const build = (given: readonly RegoSource[]) => buildPack(given, { aksNamespaces: [], compiler })()

describe('buildPack', () => {
  it('gives one file: the policy, and the catalogue in a section of it', async () => {
    const { module, catalogue } = done(await build(sources))
    const [section, ...rest] = WebAssembly.Module.customSections(
      await WebAssembly.compile(module),
      'aks-checklist.catalogue',
    )
    expect(rest).toEqual([])
    expect(JSON.parse(new TextDecoder().decode(section))).toEqual(catalogue)
    expect(catalogue).toMatchObject({
      controls: [
        { id: 'X-2', item: 'D3' },
        { id: 'X-3', item: 'O1' },
      ],
    })
  })

  it('reaches controls by the names in the input', async () => {
    const policy = await loadPolicy(done(await build(sources)).module)
    const input = {
      controls: [
        ['o1', 'odd_port'],
        ['o1', 'no_such'],
      ],
      resource: { ports: [2, 3] },
    }
    expect(policy.evaluate(input)).toEqual([{ result: [[[0, ['spec'], { port: 3 }]], []] }])
  })

  it('gives the same bytes again, whatever the order of the sources', async () => {
    const first = done(await build(sources))
    const second = done(await build([...sources].reverse()))
    expect(Buffer.from(second.module).equals(first.module)).toBe(true)
  })

  it('refuses wrong METADATA at its place', async () => {
    const wrong = control('d3', 'odd_port', 'X-3')
    expect(rows(await build([wrong, ...sources.slice(1)]))).toEqual([
      ['metadata_error', 'controls/o1/odd_port/odd_port.rego', 1, 1, expect.any(Number), expect.any(Number)],
    ])
  })

  it('refuses Rego that does not compile', async () => {
    const broken = { name: 'broken.rego', text: 'package broken\n\nx if y\n' }
    expect(rows(await build([...sources, broken]))).toEqual([['rego_unsafe_var_error', 'broken.rego', 3, 6, 3, 7]])
  })

  it('refuses sources without the entrypoint', async () => {
    expect(rows(await build(sources.slice(0, 2)))).toEqual([['rego_error']])
  })
})
