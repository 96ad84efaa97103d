import { describe, expect, it } from 'vitest'
import type { Json } from '../../src/json'
import { readSource } from '../../src/manifest/index'

interface Row {
  readonly case: string
  readonly name?: string
  readonly text: string
  readonly values: readonly Json[]
  readonly problems: readonly string[]
}

const rows: readonly Row[] = [
  {
    case: 'a broken line of JSON values leaves the others',
    text: '{"a":1}\n{"b":]}\n{"c":3}\n',
    values: [{ a: 1 }, { c: 3 }],
    problems: ['syntax 2:6'],
  },
  {
    case: 'a key that stands twice in JSON, once with an escape',
    text: '{"ab":1,"\\u0061b":2}',
    values: [{ ab: 2 }],
    problems: ['duplicate-key 1:9'],
  },
  {
    case: 'quotes within JSON strings are not counted',
    text: '{"a":"\\":\\\\","b\\"":":"}',
    values: [{ a: '":\\', 'b"': ':' }],
    problems: [],
  },
  { case: 'a control character', text: 'a: x\u0001y', values: [], problems: ['syntax 1:5'] },
  { case: 'a file that is no text', text: 'PK\u0003\u0004', values: [], problems: ['syntax 1:3'] },
  {
    case: 'a Helm action in a plain value, anywhere',
    text: 'kind: Pod\nspec:\n  nodeName: x-{{ .Release.Name }}\n',
    values: [],
    problems: ['template 3:13'],
  },
  {
    case: 'a Helm action that breaks one document',
    text: 'replicas: {{ .Values.replicas }}\n---\na: 1\n',
    values: [{ a: 1 }],
    problems: ['template 1:11'],
  },
  { case: "another tool's placeholder is not Helm", text: 'a: {{ x }}\n', values: [], problems: ['syntax 1:5'] },
  {
    case: 'braces in quotes are not why a text is broken',
    text: 'a: "{{ .x }}"\nb: [1\n',
    values: [],
    problems: ['syntax 3:1'],
  },
  {
    case: 'Bicep that starts with a comment',
    text: "// storage\nresource a 'Microsoft.Network/x@2024-01-01' = {\n}\n",
    values: [],
    problems: ['template 1:1'],
  },
  {
    case: 'YAML whose key only looks like Bicep',
    text: 'resource a: string\n',
    values: [{ 'resource a': 'string' }],
    problems: [],
  },
  { case: 'a block that ends with the text', text: 'a: |\n  x', values: [{ a: 'x' }], problems: [] },
  { case: 'a block that ends with a line break', text: 'a: |\n  x\n', values: [{ a: 'x\n' }], problems: [] },
]

describe('what is wrong in a source is said with its place', () => {
  it.each(rows)('$case', ({ name = 'x', text, values, problems }) => {
    const reading = readSource({ name, text })
    expect(reading.documents.map(({ value }) => value)).toEqual(values)
    expect(
      reading.problems.map(({ code, location }) => `${code} ${location?.start.line}:${location?.start.column}`),
    ).toEqual(problems)
  })

  it('JSON that broke off is called that, however large', () => {
    const { problems } = readSource({ name: 'x', text: `{"items": [\n{"a": 1},\n{"b":` }, { yamlDocumentBytes: 10 })
    expect(problems.map(({ code }) => code)).toEqual(['syntax'])
  })
})
