import { beforeAll, describe, expect, it } from 'vitest'
import { formatChanges, formatRego, inspectRego, type RegoCompiler } from '../../src/compiler/index'
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

  it('formats each source in its own version, and keeps it', async () => {
    const sources = [
      { name: 'old.rego', text: 'package a\nallow { input.x }\n', regoVersion: 'v0' as const },
      { name: 'new.rego', text: 'package b\nallow if input.x\n' },
    ]
    expect(done(await formatRego(sources, { compiler })())).toEqual([
      { name: 'old.rego', text: 'package a\n\nallow {\n\tinput.x\n}\n', regoVersion: 'v0' },
      { name: 'new.rego', text: 'package b\n\nallow if input.x\n' },
    ])
  })

  it('refuses what does not parse', async () => {
    expect(rows(await formatRego([{ name: 'a.rego', text: 'package a\n\nx := 1 1\n' }], { compiler })())).toEqual([
      ['rego_parse_error', 'a.rego', 3, 8, 3, 9],
    ])
  })
})

describe('formatChanges', () => {
  const tidy = { name: 'tidy.rego', text: 'package a\n\nz := 1\n' }

  it('gives the texts that are to change, with their difference', async () => {
    const untidy = { name: 'lib/b.rego', text: 'package b\n\nx := 1\n\ny:=2\n' }
    expect(done(await formatChanges([tidy, untidy], { compiler })())).toEqual([
      {
        name: 'lib/b.rego',
        text: 'package b\n\nx := 1\n\ny := 2\n',
        diff: '--- a/lib/b.rego\n+++ b/lib/b.rego\n@@ -2,4 +2,4 @@\n \n x := 1\n \n-y:=2\n+y := 2\n',
      },
    ])
  })

  it('shows an end of line that was missing at the end of the file', async () => {
    const [change] = done(await formatChanges([{ name: 'a.rego', text: 'package a\n\nx := 1' }], { compiler })())
    expect(change?.diff).toContain('-x := 1\n\\ No newline at end of file\n+x := 1\n')
  })

  it('gives nothing where all is formatted', async () => {
    expect(done(await formatChanges([tidy], { compiler })())).toEqual([])
  })

  it('refuses what does not parse', async () => {
    expect(
      rows(await formatChanges([tidy, { name: 'a.rego', text: 'package a\n\nx := 1 1\n' }], { compiler })()),
    ).toEqual([['rego_parse_error', 'a.rego', 3, 8, 3, 9]])
  })
})
