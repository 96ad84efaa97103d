import { describe, expect, it } from 'vitest'
import { checked, deployment, left, shipped, verdictOf } from './checklist'

const privileged = '\n          securityContext:\n            privileged: true'
const bad = deployment('web', privileged)

const codes = (
  problems: readonly {
    readonly code: string
    readonly location?: { readonly start: { readonly line: number; readonly column: number } }
  }[],
) => problems.map(({ code, location }) => [code, location?.start.line, location?.start.column])

/** What every row expects beside its problem: the good document was judged. */
const judged = (report: Awaited<ReturnType<typeof checked>>): boolean =>
  report.findings.some(({ controlId }) => controlId === 'AKSC-O1-01')

describe('bad input', () => {
  it('a text that is not YAML: a problem with its place, the other documents are judged', async () => {
    const report = await checked(`a: [1\n---\n${bad}`)
    expect(codes(report.problems)[0]?.[0]).toBe('syntax')
    expect(report.problems[0]?.location?.start.line).toBeLessThanOrEqual(2)
    expect(judged(report)).toBe(true)
  })

  it('a duplicate key: a problem at the second one', async () => {
    const report = await checked(`apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n  name: b\n---\n${bad}`)
    expect(codes(report.problems)).toEqual([['duplicate-key', 5, 3]])
    expect(judged(report)).toBe(true)
  })

  it('a duplicate key in JSON: a problem at the second one', async () => {
    const report = await checked({
      'a.json': '{"apiVersion": "v1", "kind": "ConfigMap",\n "metadata": {"name": "a",\n  "name": "b"}}',
      'b.yaml': bad,
    })
    expect(codes(report.problems)).toEqual([['duplicate-key', 3, 3]])
    expect(judged(report)).toBe(true)
  })

  it('an unknown tag: a problem with its place', async () => {
    const report = await checked(`apiVersion: v1\nkind: ConfigMap\ndata:\n  a: !secret b\n---\n${bad}`)
    expect(codes(report.problems).map(([code, line]) => [code, line])).toEqual([['unknown-tag', 4]])
    expect(judged(report)).toBe(true)
  })

  it.each<[string, Uint8Array]>([
    ['UTF-16 little endian with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(bad, 'utf16le')])],
    ['UTF-16 big endian with a mark', Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(bad, 'utf16le').swap16()])],
    ['UTF-16 without a mark', Buffer.from(bad.length % 2 === 0 ? bad : `${bad}\n`, 'utf16le')],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${bad}`)],
    ['CRLF', Buffer.from(bad.replaceAll('\n', '\r\n'))],
  ])('%s is read as it is meant, positions too', async (_, bytes) => {
    const report = await checked({ 'web.yaml': new Uint8Array(bytes) })
    const finding = report.findings.find(({ controlId }) => controlId === 'AKSC-O1-01')
    expect(finding?.location?.start).toEqual({ line: 17, column: 13 })
    expect(finding?.excerpt).toBe('privileged: true')
    expect(report.problems).toEqual([])
  })

  it('bytes that are no text are a problem', async () => {
    const report = await checked({ 'a.yaml': new Uint8Array([0x61, 0xff, 0x62]), 'b.yaml': bad })
    expect(report.problems.map(({ code }) => code)).toEqual(['source-encoding'])
    expect(judged(report)).toBe(true)
  })

  it('a document without apiVersion and kind is skipped, counted and listed', async () => {
    const report = await checked(`replicaCount: 3\nimage:\n  tag: "1"\n---\n${bad}`)
    expect(report.problems.map(({ code }) => code)).toEqual(['document-unidentified'])
    expect(report.snapshot.resources).toBe(1)
  })

  it('a Helm template says what to run first', async () => {
    const report = await checked(`apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\n---\n${bad}`)
    expect(report.problems.map(({ code }) => code)).toEqual(['template'])
    expect(report.problems[0]?.message).toContain('helm template')
    expect(judged(report)).toBe(true)
  })

  it('a Bicep file says what to run first', async () => {
    const report = await checked({
      'main.bicep': "resource aks 'Microsoft.ContainerService/managedClusters@2025-05-01' = {\n  name: 'a'\n}\n",
      'b.yaml': bad,
    })
    expect(report.problems.map(({ code }) => code)).toEqual(['template'])
    expect(report.problems[0]?.message).toContain('az deployment group create')
  })

  it('an ARM template says what to run first', async () => {
    const report = await checked({
      'main.json': JSON.stringify({
        $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
        resources: [],
      }),
      'b.yaml': bad,
    })
    expect(report.problems.map(({ code }) => code)).toEqual(['template'])
  })

  it('an alias bomb is refused with bounded memory', async () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]']
    for (let n = 0; n < 9; n += 1) {
      const [from, to] = ['abcdefghij'[n], 'abcdefghij'[n + 1]]
      bomb.push(`${to}: &${to} [${Array(9).fill(`*${from}`).join(', ')}]`)
    }
    const before = process.memoryUsage().heapUsed
    const report = await checked(`${bomb.join('\n')}\n---\n${bad}`)
    expect(codes(report.problems).map(([code]) => code)).toEqual(['source-limit'])
    expect(judged(report)).toBe(true)
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(200 * 1024 * 1024)
  })

  it.each([
    ['YAML', `a: ${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['JSON', `{"a": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
  ])('absurd depth in %s is refused', async (_, text) => {
    const report = await checked({ 'deep.yaml': text, 'b.yaml': bad })
    expect(report.problems.map(({ code }) => code)).toEqual(['source-limit'])
    expect(judged(report)).toBe(true)
  })

  it('two equal resources are one, with a note of both places', async () => {
    const report = await checked(`${bad}---\n${bad}`)
    expect(report.snapshot.resources).toBe(1)
    expect(report.findings.filter(({ controlId }) => controlId === 'AKSC-O1-01')).toHaveLength(1)
    expect(report.problems.map(({ code, message }) => [code, message.includes('input.yaml:1:1')])).toEqual([
      ['resource-duplicate', true],
    ])
  })

  it('two different resources of one identity are both judged', async () => {
    const report = await checked(`${bad}---\n${deployment('web')}`)
    expect(report.snapshot.resources).toBe(2)
    expect(report.problems.map(({ code }) => code)).toEqual(['resource-duplicate'])
    expect(judged(report)).toBe(true)
  })

  it.each(['{}', '"text"', '7', '[7]', '[{}]', 'null'])(
    'containers: %s never ends the evaluation, and never passes for good',
    async (value) => {
      const report = await checked(`apiVersion: v1\nkind: Pod\nmetadata:\n  name: odd\nspec:\n  containers: ${value}\n`)
      if (value !== '[{}]') expect(['fail', 'unknown']).toContain(verdictOf(report, 'AKSC-O1-01'))
      expect(report.controls.length).toBeGreaterThan(5)
    },
  )

  it('metadata of the wrong type never ends the evaluation', async () => {
    const report = await checked('apiVersion: v1\nkind: Pod\nmetadata: [1]\nspec: 7\n')
    expect(report.problems.map(({ code }) => code)).toEqual(['resource-malformed'])
  })

  it.each<[string, string]>([
    ['an empty text', ''],
    ['only comments', '# nothing\n---\n# here\n'],
    ['an empty list', 'apiVersion: v1\nkind: List\nitems: []\n'],
    ['an empty JSON list', '{"apiVersion": "v1", "kind": "List", "items": []}'],
    ['an empty array', '[]'],
    ['a document of something else', 'replicaCount: 3\n'],
  ])('%s: nothing to check, and a sentence saying what was looked for', async (_, text) => {
    const problem = left((await shipped()).check([{ name: 'a.yaml', text }]))
    expect(problem.code).toBe('nothing-to-check')
    expect(problem.message).toContain('a.yaml')
    expect(problem.message).toContain('Kubernetes objects')
  })

  it('nothing to check carries what was wrong with the sources', async () => {
    const problem = left((await shipped()).check([{ name: 'a.yaml', text: 'a: [1' }]))
    expect(problem.code === 'nothing-to-check' && problem.data.causes.map(({ code }) => code)).toEqual(['syntax'])
  })
})

describe('wrong options', () => {
  it.each([
    [{ items: ['D9'] }, 'item'],
    [{ controls: ['AKSC-O1-99'] }, 'control'],
    [{ now: 'yesterday' }, 'now'],
    [{ parameters: { 'AKSC-O1-99': {} } }, 'parameters.AKSC-O1-99'],
    [{ parameters: { 'AKSC-O1-01': { colour: 1 } } }, 'parameters.AKSC-O1-01.colour'],
    [{ parameters: { 'AKSC-O1-01': { excludedImages: [1] } } }, 'parameters.AKSC-O1-01.excludedImages'],
  ])('%j is refused by name', async (options, option) => {
    const problem = left((await shipped()).check([{ name: 'a.yaml', text: bad }], options))
    expect(problem.code === 'option-invalid' && problem.data.option).toBe(option)
  })
})
