import type { Control } from '../catalogue/control'
import type { JsonObject } from '../json'
import { namespaceOf, type Resource } from '../snapshot/resource'
import { EVERY, isAmong, readsOf, stored } from './kinds'
import type { Rows } from './outcome'
import { excludedNamespaces } from './parameters'
import { type AskedFields, configuration } from './resource-text'
import type { Run } from './run'

/** Resources in one call. Beyond this a larger call is no faster, and takes more memory. */
const UNITS_PER_CALL = 32
/** Waiting configurations are judged when they have this much text, so that memory stays bounded on inputs without repeats. */
const WAITING_CHARACTERS = 8 * 1024 * 1024

/** Controls that judge a kind, and the fields of it that they ask for beyond its configuration. */
interface Selection {
  readonly key: string
  readonly controls: readonly Control[]
  readonly asked: AskedFields
}

const askedFields = (controls: readonly Control[], kind: string): AskedFields =>
  new Set(controls.flatMap((control) => readsOf(control, kind) ?? []))

/** Configurations under the same controls that wait to be judged, each with the resources that have it. */
interface Waiting {
  readonly selection: Selection
  readonly resources: Map<string, Resource[]>
  characters: number
}

/** Resource units: one resource each; equal configurations under equal controls are one evaluation. */
export const evaluateResources = (run: Run, controls: readonly Control[]): void => {
  const select = selector(run, controls)
  const queues = new Map<string, Waiting>()
  for (const resource of run.snapshot.resources) {
    const selection = select(resource)
    if (selection === undefined) continue
    const waiting = queues.get(selection.key) ?? { selection, resources: new Map<string, Resource[]>(), characters: 0 }
    queues.set(selection.key, waiting)
    const text = JSON.stringify(valueFor(resource, selection.asked))
    const equals = waiting.resources.get(text)
    if (equals !== undefined) {
      equals.push(resource)
      continue
    }
    waiting.resources.set(text, [resource])
    waiting.characters += text.length
    if (waiting.characters > WAITING_CHARACTERS) {
      judge(run, waiting)
      queues.delete(selection.key)
    }
  }
  for (const waiting of queues.values()) judge(run, waiting)
}

const valueFor = (resource: Resource, asked: AskedFields): JsonObject => {
  if (asked.has(EVERY)) return stored(resource)
  return resource.from === 'kubernetes' ? configuration(resource.value, asked) : resource.value
}

const judge = (run: Run, { selection, resources }: Waiting): void => {
  const entries = [...resources]
  for (let at = 0; at < entries.length; at += UNITS_PER_CALL) {
    const batch = entries.slice(at, at + UNITS_PER_CALL)
    const units = run.callMany(
      selection.controls,
      batch.map(([text]) => text),
    )
    batch.forEach(([, equals], unit) => {
      for (const resource of equals) record(run, selection.controls, units[unit] ?? [], resource)
    })
  }
}

const record = (run: Run, controls: readonly Control[], rows: readonly Rows[], resource: Resource): void => {
  const target = { is: 'resource', resource } as const
  controls.forEach((control, at) => {
    const own = rows[at]
    if (own === undefined) return
    const isSubject = !control.rules.subject || own.subjects.includes(0)
    run.collector(control).add(own, () => target, isSubject ? [resource] : [], namespaceOf(resource))
  })
}

const selector = (run: Run, controls: readonly Control[]): ((resource: Resource) => Selection | undefined) => {
  const selections = new Map<string, Selection | undefined>()
  const judged = new Map(controls.map((control) => [control, new Set(control.subjects ?? control.kinds)]))
  const excluded = new Map(controls.map((control) => [control, excludedNamespaces(run.parameters[control.id])]))
  return (resource) => {
    const namespace = namespaceOf(resource)
    const isOwned = resource.owner !== undefined
    const place = `${resource.kind} ${isOwned} ${namespace ?? ''}`
    if (selections.has(place)) return selections.get(place)
    const chosen = controls.filter(
      (control) =>
        isAmong(judged.get(control) ?? new Set(), resource) &&
        (control.owned || !isOwned) &&
        (namespace === undefined || excluded.get(control)?.has(namespace) !== true),
    )
    const ids = chosen.map(({ id }) => id).join(' ')
    // Namespaces with the same controls share their answers.
    const same = [...selections.values()].find((other) => other?.key === `${resource.kind} ${ids}`)
    const selection =
      chosen.length === 0
        ? undefined
        : (same ?? { key: `${resource.kind} ${ids}`, controls: chosen, asked: askedFields(chosen, resource.kind) })
    selections.set(place, selection)
    return selection
  }
}
