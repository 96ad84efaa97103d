import { isRight } from 'fp-ts/Either'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Checklist } from '../../src/check'
import { loadChecklist } from '../../src/node'
import { controlExamples, type Example, markers } from './example'

let checklist: Checklist

beforeAll(async () => {
  const loaded = await loadChecklist()()
  if (!isRight(loaded)) throw new Error(loaded.left.message)
  checklist = loaded.right
})

const run = (id: string, example: Example) => {
  const marked = markers(example.manifest)
  const result = checklist.check([{ name: 'example', text: example.manifest }], {
    controls: [...new Set([id, ...marked.map((marker) => marker.id)])],
    ...(example.now === undefined ? {} : { now: example.now }),
    ...(example.complete === undefined ? {} : { complete: example.complete }),
    ...(example.kubernetesVersion === undefined ? {} : { kubernetesVersion: example.kubernetesVersion }),
    ...(example.parameters === undefined ? {} : { parameters: { [id]: example.parameters } }),
  })
  if (!isRight(result)) throw new Error(result.left.message)
  const { findings, controls, problems } = result.right
  return { marked, findings, verdict: controls.find((control) => control.id === id)?.verdict, problems }
}

const places = (entries: readonly { readonly id: string; readonly line: number }[]): readonly string[] =>
  [...new Set(entries.map(({ id, line }) => `${id} at line ${line}`))].sort()

describe.each(controlExamples())('$folder', ({ folder, examples }) => {
  const cases = isRight(examples) ? examples.right : []

  it('has well-formed examples, good and bad', () => {
    expect(
      isRight(examples) ? [] : examples.left.map(({ context }) => context.map(({ key }) => key).join('.')),
    ).toEqual([])
    expect(cases.map(({ verdict }) => verdict)).toContain('fail')
    expect(cases.map(({ verdict }) => verdict)).toContain('pass')
    expect(cases.length).toBeGreaterThanOrEqual(3)
  })

  it.each(cases)('$case', (example) => {
    const control = checklist.catalogue.controls.find(({ item, name }) => folder === `${item.toLowerCase()}/${name}`)
    if (control === undefined) throw new Error(`${folder} is not in the catalogue`)
    const { marked, findings, verdict, problems } = run(control.id, example)
    const found = findings.flatMap(({ controlId, location }) =>
      location === undefined ? [] : [{ id: controlId, line: location.start.line }],
    )
    expect(places(found)).toEqual(places(marked))
    expect(findings.filter(({ location }) => location === undefined)).toHaveLength(example.unlocated ?? 0)
    expect(verdict).toBe(example.verdict)
    expect(problems.filter(({ code }) => code === 'syntax' || code === 'policy-builtin-failed')).toEqual([])
    for (const { message, remediation } of findings) expect(`${message} ${remediation}`).not.toMatch(/\{[a-zA-Z]\w*\}/)
  })
})
