import type { Control } from '../catalogue/control'
import { namespaceOf, type Resource } from '../snapshot/resource'
import type { Rows } from './outcome'
import { excludedNamespaces } from './parameters'
import type { Run } from './run'
import { type AskedFields, configuration } from './resource-text'
import { resourceInput } from './unit-input'

/** Answers are kept for at most this much text, then forgotten, so that memory stays bounded on inputs without repeats. */
const REMEMBERED_CHARACTERS = 32 * 1024 * 1024

/** Controls that judge a kind, and the fields of it that they ask for beyond its configuration. */
interface Selection {
  readonly key: string
  readonly controls: readonly Control[]
  readonly asked: AskedFields
}

const askedFields = (controls: readonly Control[], kind: string): AskedFields => new Set(controls.flatMap((control) => control.reads[kind] ?? []))

/** Resource units: one resource each; equal configurations under equal controls are one evaluation. */
export const evaluateResources = (run: Run, controls: readonly Control[]): void => {
  const select = selector(run, controls)
  let answers = new Map<string, readonly Rows[]>()
  let remembered = 0
  for (const resource of run.snapshot.resources) {
    const selection = select(resource)
    if (selection === undefined) continue
    const value = resource.from === 'kubernetes' ? configuration(resource.value, selection.asked) : resource.value
    const text = JSON.stringify(value)
    const key = `${selection.key} ${text}`
    let rows = answers.get(key)
    if (rows === undefined) {
      rows = run.call(selection.controls, resourceInput(selection.controls, text))
      remembered += key.length
      if (remembered > REMEMBERED_CHARACTERS) {
        answers = new Map()
        remembered = key.length
      }
      answers.set(key, rows)
    }
    record(run, selection.controls, rows, resource)
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
  const excluded = new Map(controls.map((control) => [control, excludedNamespaces(run.parameters[control.id])]))
  return (resource) => {
    const namespace = namespaceOf(resource)
    const isOwned = resource.owner !== undefined
    const place = `${resource.kind} ${isOwned} ${namespace ?? ''}`
    if (selections.has(place)) return selections.get(place)
    const chosen = controls.filter(
      (control) =>
        (control.subjects ?? control.kinds).includes(resource.kind) &&
        (control.owned || !isOwned) &&
        (namespace === undefined || excluded.get(control)?.has(namespace) !== true),
    )
    const ids = chosen.map(({ id }) => id).join(' ')
    // Namespaces with the same controls share their answers.
    const same = [...selections.values()].find((other) => other?.key === `${resource.kind} ${ids}`)
    const selection =
      chosen.length === 0 ? undefined : (same ?? { key: `${resource.kind} ${ids}`, controls: chosen, asked: askedFields(chosen, resource.kind) })
    selections.set(place, selection)
    return selection
  }
}
