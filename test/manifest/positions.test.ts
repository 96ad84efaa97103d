import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { stringify } from 'yaml'
import { isArray, isObject, type Json, type Path, valueAt } from '../../src/json'
import { type Document, readSource } from '../../src/manifest/index'
import type { Range } from '../../src/problem'

const one = (text: string): Document => {
  const { documents, problems } = readSource({ name: 'x', text })
  expect(problems).toEqual([])
  const [document] = documents
  if (document === undefined || documents.length > 1) throw new Error(`${documents.length} documents`)
  return document
}

/** The text a range covers. */
const slice = (text: string, { start, end }: Range): string => {
  const lines = text.split('\n')
  const offset = ({ line, column }: Range['start']): number =>
    lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column - 1
  return text.slice(offset(start), offset(end))
}

const paths = (value: Json, at: Path = []): readonly Path[] => [
  at,
  ...(isArray(value) ? value.flatMap((entry, n) => paths(entry, [...at, n])) : []),
  ...(isObject(value) ? Object.entries(value).flatMap(([key, entry]) => paths(entry, [...at, key])) : []),
]

const key = fc.stringMatching(/^[a-z][a-zA-Z0-9./-]{0,8}$/)
const text = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
  fc.constantFrom('yes', '0644', 'null', '1e3', '~', ''),
)
const { value: json } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    text,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4 }),
  ),
}))
const root = fc.dictionary(key, json, { minKeys: 1, maxKeys: 5 })

describe('values and places', () => {
  it('of JSON, compact and indented: each path leads to its key and value', () => {
    fc.assert(
      fc.property(root, fc.constantFrom(0, 2), (value, indent) => {
        const written = JSON.stringify(value, null, indent)
        const document = one(written)
        expect(document.value).toEqual(value)
        for (const path of paths(value)) {
          const found = slice(written, document.locate(path))
          const last = path.at(-1)
          const body =
            typeof last === 'string' ? found.replace(JSON.stringify(last), '').replace(/^\s*:\s*/, '') : found
          expect(JSON.parse(body)).toEqual(valueAt(value, path))
        }
      }),
    )
  })

  it('of YAML: the same value, and each path leads to its key', () => {
    fc.assert(
      fc.property(root, (value) => {
        // Strings that YAML 1.1 takes for booleans have to be quoted for kubectl.
        const written = stringify(value, { version: '1.1', aliasDuplicateObjects: false })
        const document = one(written)
        expect(document.value).toEqual(value)
        for (const path of paths(value)) {
          const last = path.at(-1)
          if (typeof last !== 'string') continue
          const start = slice(written, document.locate(path)).replace(/^\? /, '')
          expect(start.startsWith(last) || start.startsWith(`"${last}"`)).toBe(true)
        }
      }),
    )
  })

  it('reads one text the same way as JSON and as YAML', () => {
    fc.assert(
      fc.property(root, (value) => {
        const written = JSON.stringify(value, null, 2)
        const asYaml = one(`# YAML by this comment\n${written}`)
        const asJson = one(`\n${written}`)
        expect(asYaml.value).toEqual(asJson.value)
        for (const path of paths(value)) expect(asYaml.locate(path).start).toEqual(asJson.locate(path).start)
      }),
    )
  })

  it('a path that leaves the document has the place of its closest parent', () => {
    for (const written of ['a:\n  b: 1\n', '{"a":\n  {"b": 1}}']) {
      const document = one(written)
      expect(document.locate(['a', 'c', 0]).start).toEqual(document.locate(['a']).start)
      expect(document.locate(['z'])).toEqual(document.locate([]))
    }
  })

  it('a path through an alias leads to what the anchor holds, one through a merge to the merged field', () => {
    const document = one('a: &x\n  b: 1\nc: *x\nd:\n  <<: *x\n  e: 2\n')
    expect(document.locate(['c', 'b']).start).toEqual({ line: 2, column: 3 })
    expect(document.locate(['c']).start).toEqual({ line: 3, column: 1 })
    expect(document.locate(['d', 'b']).start).toEqual({ line: 2, column: 3 })
  })

  it('later documents of a source have its lines', () => {
    const { documents } = readSource({ name: 'x', text: '# one\na: 1\n---\n# two\nb: 2\n...\n---\nc: 3\n' })
    expect(documents.map(({ locate }) => locate([]).start.line)).toEqual([2, 5, 8])
    expect(documents[2]?.lineText(8)).toBe('c: 3')
  })

  it('several JSON values in one text are several documents', () => {
    const { documents, problems } = readSource({ name: 'x', text: '{"a": 1}\n{"b": 2}\n[3]\n' })
    expect(problems).toEqual([])
    expect(documents.map(({ value }) => value)).toEqual([{ a: 1 }, { b: 2 }, [3]])
    expect(documents[1]?.locate(['b']).start).toEqual({ line: 2, column: 2 })
  })

  it('columns count UTF-16 units', () => {
    expect(one('{"😀": {"a": 1}}').locate(['😀', 'a']).start).toEqual({ line: 1, column: 9 })
  })
})

describe('a list with many entries', () => {
  /** Characters that are looked at for each entry when all are located. */
  const readsPerEntry = (entries: number): number => {
    const document = one(
      JSON.stringify({ items: Array.from({ length: entries }, (_, n) => ({ name: `n${n}`, data: 'x'.repeat(50) })) }),
    )
    const reads = vi.spyOn(String.prototype, 'charCodeAt')
    for (let n = 0; n < entries; n += 1) document.locate(['items', n, 'name'])
    const count = reads.mock.calls.length
    reads.mockRestore()
    return count / entries
  }

  it('is located by looking at each character a fixed number of times, however long the list is', () => {
    const few = readsPerEntry(50)
    expect(few).toBeGreaterThan(10)
    expect(readsPerEntry(400)).toBeLessThan(few * 1.5)
  })
})

describe('the entries of a list', () => {
  it('are found where one is empty', () => {
    const document = one('[\n{},\n{"a": 1},\n{}]')
    expect([0, 1, 2].map((n) => document.locate([n]).start.line)).toEqual([2, 3, 4])
  })

  it.each([':8080', '":', 'a:'])('are found whatever their strings look like: %j', (a) => {
    for (const odd of Array.from({ length: 20 }, (_, n) => n)) {
      const items = Array.from({ length: 20 }, (_, n) => ({ a: n === odd ? a : 'x', b: { c: n } }))
      const written = JSON.stringify({ items }, null, 1)
      const document = one(written)
      for (const [n] of items.entries())
        expect(slice(written, document.locate(['items', n, 'b', 'c']))).toBe(`"c": ${n}`)
    }
  })
})

describe('limits', () => {
  it('a text beyond the stated size is refused', () => {
    expect(readSource({ name: 'x', text: 'a: 1' }, { bytes: 3 }).problems.map(({ code }) => code)).toEqual([
      'source-limit',
    ])
  })

  it('depth within the limit is read, beyond it refused, in JSON and YAML', () => {
    const nested = (depth: number, yaml: boolean): string =>
      `${yaml ? '# \n' : ''}${'['.repeat(depth)}1${']'.repeat(depth)}`
    for (const yaml of [false, true]) {
      expect(readSource({ name: 'x', text: nested(150, yaml) }).problems).toEqual([])
      expect(readSource({ name: 'x', text: nested(250, yaml) }).problems.map(({ code }) => code)).toEqual([
        'source-limit',
      ])
    }
  })

  it('some other text of a Bicep file is recognised', () => {
    const text = "param location string\n\nresource a 'Microsoft.Network/publicIPAddresses@2024-01-01' = {\n}\n"
    expect(readSource({ name: 'main', text }).problems.map(({ code }) => code)).toEqual(['template'])
  })

  it('braces that Kubernetes objects really hold are no template', () => {
    const text =
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: alerts\ndata:\n  text: "{{ .Labels.alertname }}"\n  block: |\n    {{ range .Alerts }}x{{ end }}\n'
    expect(readSource({ name: 'x', text }).problems).toEqual([])
  })
})
