import type { Control } from '../catalogue/control'
import type { Json } from '../json'
import { namespaceOf, type Resource } from '../snapshot/resource'
import { EVERY, readsOf, stored } from './kinds'
import { projectionOf } from './projection'

/** The folder names by which the entrypoint finds a control. */
const controlNames = (controls: readonly Control[]): string =>
  JSON.stringify(controls.map((control) => [control.item.toLowerCase(), control.name]))

/** The text of the input for many resource units in one call. */
export const resourcesInput = (controls: readonly Control[], resourceTexts: readonly string[]): string =>
  `{"controls":${controlNames(controls)},"unit":"resource","resources":[${resourceTexts.join(',')}]}`

/** Text of each resource as the given controls read it, made once. */
export type ProjectedText = (resource: Resource) => string

/** The fields of a kind that at least one of the controls reads; undefined where one wants it whole, or none names it. */
const fieldsOf = (controls: readonly Control[], kind: string): readonly string[] | undefined => {
  // A namespace unit holds its Namespace even where a control does not name it among its kinds.
  const takers = controls.filter(
    ({ kinds, reads }) => kinds.includes(kind) || (reads[kind] ?? reads[EVERY]) !== undefined,
  )
  const reads = takers.map((control) => readsOf(control, kind))
  return reads.length === 0 || reads.includes(undefined) ? undefined : reads.flatMap((fields) => fields ?? [])
}

export const projectedText = (controls: readonly Control[]): ProjectedText => {
  const projections = new Map<string, (resource: Resource) => Json>()
  const texts = new Map<Resource, string>()
  return (resource) => {
    const known = texts.get(resource)
    if (known !== undefined) return known
    const project = projections.get(resource.kind) ?? projectionFor(controls, resource.kind)
    projections.set(resource.kind, project)
    const text = JSON.stringify(project(resource))
    texts.set(resource, text)
    return text
  }
}

const projectionFor = (controls: readonly Control[], kind: string): ((resource: Resource) => Json) => {
  const fields = fieldsOf(controls, kind)
  if (fields?.includes(EVERY)) return stored
  const project = projectionOf(kind, fields)
  return ({ value }) => project(value)
}

const record = (entries: ReadonlyMap<string, string>): string =>
  `{${[...entries].map(([key, text]) => `${JSON.stringify(key)}:${text}`).join(',')}}`

const listsByKind = (resources: readonly Resource[], text: (ref: number) => string): string => {
  const lists = new Map<string, string[]>()
  resources.forEach((resource, ref) => {
    const list = lists.get(resource.kind)
    if (list === undefined) lists.set(resource.kind, [text(ref)])
    else list.push(text(ref))
  })
  return record(new Map([...lists].map(([kind, list]) => [kind, `[${list.join(',')}]`])))
}

const byNamespace = (resources: readonly Resource[]): string => {
  const grouped = new Map<string, Map<string, number[]>>()
  resources.forEach((resource, ref) => {
    const namespace = namespaceOf(resource) ?? ''
    const kinds = grouped.get(namespace) ?? new Map<string, number[]>()
    grouped.set(namespace, kinds)
    const refs = kinds.get(resource.kind)
    if (refs === undefined) kinds.set(resource.kind, [ref])
    else refs.push(ref)
  })
  return record(
    new Map([...grouped].map(([namespace, kinds]) => [namespace, JSON.stringify(Object.fromEntries(kinds))])),
  )
}

const byName = (resources: readonly Resource[]): string => {
  const named = new Map<string, Record<string, number>>()
  resources.forEach((resource, ref) => {
    const names = named.get(resource.kind) ?? {}
    named.set(resource.kind, names)
    // Of two with one name the last wins, as it does when both are applied.
    names[`${namespaceOf(resource) ?? ''}/${resource.name}`] = ref
  })
  return record(new Map([...named].map(([kind, names]) => [kind, JSON.stringify(names)])))
}

/** The text of a namespace or cluster unit's input; a ref is the position in `resources`. */
export const unitInput = (
  controls: readonly Control[],
  unit: { readonly unit: 'namespace'; readonly namespace: string } | { readonly unit: 'cluster' },
  resources: readonly Resource[],
  text: ProjectedText,
): string => {
  const resourceText = (ref: number): string => {
    const resource = resources[ref]
    return resource === undefined ? 'null' : text(resource)
  }
  const head =
    unit.unit === 'cluster' ? '"unit":"cluster"' : `"unit":"namespace","namespace":${JSON.stringify(unit.namespace)}`
  const kinds = listsByKind(resources, (ref) => `{"ref":${ref},"resource":${resourceText(ref)}}`)
  return `{"controls":${controlNames(controls)},${head},"kinds":${kinds},"byNamespace":${byNamespace(resources)},"byName":${byName(resources)}}`
}
