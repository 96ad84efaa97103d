import * as E from 'fp-ts/Either'
import type { Control } from '../catalogue/control'
import type { Checklist } from '../check'
import type { Report } from '../report/build'
import { type Example, type Marker, markersIn } from './example'

/**
 * Runs a case through a checklist that has the control, and every other control that its markers name. Gives what came out other than
 * the case says, a sentence each; nothing where it holds.
 */
export const faultsOf = (checklist: Checklist, { id }: Control, example: Example): readonly string[] => {
  const marked = markersIn(example.manifest)
  const checked = checklist.check([{ name: 'manifest', text: example.manifest }], {
    controls: [...new Set([id, ...marked.map((marker) => marker.id)])],
    ...(example.now === undefined ? {} : { now: example.now }),
    ...(example.complete === undefined ? {} : { complete: example.complete }),
    ...(example.kubernetesVersion === undefined ? {} : { kubernetesVersion: example.kubernetesVersion }),
    ...(example.parameters === undefined ? {} : { parameters: { [id]: example.parameters } }),
  })
  if (E.isLeft(checked)) return [checked.left.message]
  return [
    ...wrongPlaces(marked, checked.right, example.manifest),
    ...wrongCount(checked.right, example.unlocated ?? 0),
    ...wrongVerdict(checked.right, id, example.verdict),
    ...unfilled(checked.right),
    ...checked.right.problems
      .filter(({ code }) => code === 'syntax' || code === 'policy-builtin-failed')
      .map(({ message }) => message),
  ]
}

const wrongPlaces = (marked: readonly Marker[], { findings }: Report, manifest: string): readonly string[] => {
  const found = findings.flatMap(({ controlId, location }) =>
    location === undefined ? [] : [{ id: controlId, line: location.start.line }],
  )
  const text = ({ id, line }: Marker): string =>
    `${id} at line ${line} of the manifest (${manifest.split('\n')[line - 1]?.trim() ?? ''})`
  const without = (some: readonly Marker[], others: readonly Marker[]): readonly string[] => [
    ...new Set(some.filter((a) => !others.some((b) => a.id === b.id && a.line === b.line)).map(text)),
  ]
  return [
    ...without(marked, found).map((place) => `is marked and was not found: ${place}`),
    ...without(found, marked).map((place) => `was found and is not marked: ${place}`),
  ]
}

const wrongCount = ({ findings }: Report, expected: number): readonly string[] => {
  const count = findings.filter(({ location }) => location === undefined).length
  return count === expected ? [] : [`expected ${expected} findings without a place, found ${count}`]
}

const wrongVerdict = ({ controls }: Report, id: string, expected: string): readonly string[] => {
  const control = controls.find((each) => each.id === id)
  if (control?.verdict === expected) return []
  const missing = control === undefined || control.missing.length === 0 ? '' : ` (${control.missing.join(', ')})`
  return [`expected the verdict ${expected}, it is ${control?.verdict}${missing}`]
}

const unfilled = ({ findings }: Report): readonly string[] =>
  findings
    .flatMap(({ message, remediation }) => [message, remediation])
    .filter((text) => /\{[a-zA-Z]\w*\}/.test(text))
    .map((text) => `nothing fills a placeholder of: ${text}`)
