import { beforeAll, describe, expect, it } from 'vitest'
import { formatRego, inspectRego, type RegoCompiler, testRego } from '../../src/compiler/index'
import { done, loaded, rows } from './loaded'

let compiler: RegoCompiler

beforeAll(async () => {
  compiler = await loaded()
})

describe('inspectRego', () => {
  const text = `# METADATA
# title: What holds
# description: Why.
# related_resources:
#   - ref: https://example.org/a#b
#   - ref: https://example.org/c
#     description: More
# custom:
#   id: X-1
#   list: [1, two, {three: null}]
package controls.o1.thing

# METADATA
# entrypoint: true
violation contains 1

violation contains 2 if input.x

subject contains 0

_private(x) := x
`

  it('reads package, rules and METADATA with their places', async () => {
    const [module, ...rest] = done(await inspectRego([{ name: 'thing.rego', text }], { compiler })())
    expect(rest).toEqual([])
    expect(module).toMatchObject({
      name: 'thing.rego',
      package: ['controls', 'o1', 'thing'],
      rules: ['_private', 'subject', 'violation'],
      location: { source: 'thing.rego', start: { line: 11, column: 1 } },
    })
    expect(module?.annotations[0]).toMatchObject({
      scope: 'package',
      path: ['controls', 'o1', 'thing'],
      title: 'What holds',
      description: 'Why.',
      entrypoint: false,
      relatedResources: [{ ref: 'https://example.org/a#b' }, { ref: 'https://example.org/c', description: 'More' }],
      custom: { id: 'X-1', list: [1, 'two', { three: null }] },
      location: { source: 'thing.rego', start: { line: 1, column: 1 } },
    })
    expect(module?.annotations[1]).toMatchObject({ entrypoint: true, path: ['controls', 'o1', 'thing', 'violation'] })
  })

  it('sorts by name', async () => {
    const sources = ['b.rego', 'a.rego'].map((name) => ({ name, text: 'package x\n\ny := 1\n' }))
    expect(done(await inspectRego(sources, { compiler })()).map(({ name }) => name)).toEqual(['a.rego', 'b.rego'])
  })
})

describe('formatRego', () => {
  it('writes the sources as OPA does, in the order given', async () => {
    const sources = [
      { name: 'b.rego', text: 'package b\nx:=1\n\n\ny if {x==1\n}' },
      { name: 'a.rego', text: 'package a\n\nz := 1\n' },
    ]
    expect(done(await formatRego(sources, { compiler })())).toEqual([
      { name: 'b.rego', text: 'package b\n\nx := 1\n\ny if x == 1\n' },
      { name: 'a.rego', text: 'package a\n\nz := 1\n' },
    ])
  })

  it('keeps v0 as it is where it is told to', async () => {
    const sources = [{ name: 'a.rego', text: 'package a\nallow { input.x }\n' }]
    const [formatted] = done(await formatRego(sources, { regoVersion: 'v0', compiler })())
    expect(formatted?.text).toBe('package a\n\nallow {\n\tinput.x\n}\n')
  })

  it('refuses what does not parse', async () => {
    expect(rows(await formatRego([{ name: 'a.rego', text: 'package a\n\nx := 1 1\n' }], { compiler })())).toEqual([
      ['rego_parse_error', 'a.rego', 3, 8, 3, 9],
    ])
  })
})

describe('testRego', () => {
  const sources = [
    {
      name: 'a.rego',
      text: 'package a\n\nallow if input.level > data.least\n\ndeny if {\n\tnot allow\n\tinput.strict\n}\n',
    },
    {
      name: 'a_test.rego',
      text: `package a_test

import data.a

test_high if a.allow with input as {"level": 5}

test_low if a.allow with input as {"level": 1}

test_said if {
	print("level", 5)
	true
}

todo_test_later if false

test_broken if {
	units.parse_bytes(concat("", ["x"])) == 1
}

test_each[name] if {
	some name, level in {"high": 5, "low": 0}
	a.allow with input as {"level": level}
}
`,
    },
  ]
  const data = { least: 2 }

  it('tells how each test ended, in the order of the texts', async () => {
    const { results, coverage } = done(await testRego(sources, { data, compiler })())
    expect(results.map(({ name, outcome, location }) => [name, outcome, location?.start.line])).toEqual([
      ['data.a_test.test_high', 'pass', 5],
      ['data.a_test.test_low', 'fail', 7],
      ['data.a_test.test_said', 'pass', 9],
      ['data.a_test.todo_test_later', 'skip', 14],
      ['data.a_test.test_broken', 'fail', 16],
      ['data.a_test.test_each', 'fail', 20],
    ])
    expect(results[2]?.printed).toContain('level 5')
    expect(results[5]?.failedIn).toEqual(['low'])
    expect(coverage).toBeUndefined()
  })

  it('runs the tests that a pattern names', async () => {
    const { results } = done(await testRego(sources, { data, run: 'a_test\\.test_(high|low)$', compiler })())
    expect(results.map(({ name }) => name)).toEqual(['data.a_test.test_high', 'data.a_test.test_low'])
  })

  it('measures which lines ran', async () => {
    const { coverage } = done(await testRego(sources, { data, run: 'test_high', coverage: true, compiler })())
    expect(coverage?.files['a.rego']).toMatchObject({ covered: [[3, 3]], notCovered: expect.arrayContaining([[5, 5]]) })
    expect(coverage?.files['a.rego']?.percent).toBeGreaterThan(0)
    expect(coverage?.percent).toBeLessThan(100)
  })

  it('refuses a pattern that is no regular expression', async () => {
    expect(rows(await testRego(sources, { run: '(', compiler })())).toEqual([['rego_error']])
  })

  it('refuses sources that do not compile', async () => {
    expect(rows(await testRego([{ name: 'x.rego', text: 'package x\n\ny if z\n' }], { compiler })())).toEqual([
      ['rego_unsafe_var_error', 'x.rego', 3, 6, 3, 7],
    ])
  })
})
