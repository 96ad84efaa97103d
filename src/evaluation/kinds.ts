import type { Control } from '../catalogue/control'
import { isObject, type JsonObject } from '../json'
import { namespaceOf, type Resource } from '../snapshot/resource'

/** In `kinds`: every Kubernetes kind. In `reads`: of every kind; as a field: the whole resource as the API server has it. */
export const EVERY = '*'

/** Whether a list of kinds means this resource. `Pod.*` is the kind of any group. */
export const isAmong = (kinds: ReadonlySet<string>, resource: Resource): boolean =>
  kinds.has(resource.kind) ||
  (resource.from === 'kubernetes' && (kinds.has(EVERY) || kinds.has(`${resource.value['kind']}.${EVERY}`)))

/** The fields of a kind that a control names, if it names any. */
export const readsOf = (control: Control, kind: string): readonly string[] | undefined =>
  control.reads[kind] ?? control.reads[EVERY]

/** The whole resource, with the namespace that it lands in where it names none. */
export const stored = (resource: Resource): JsonObject => {
  const namespace = namespaceOf(resource)
  const metadata = resource.value['metadata']
  return namespace === undefined || !isObject(metadata) || metadata['namespace'] === namespace
    ? resource.value
    : { ...resource.value, metadata: { ...metadata, namespace } }
}
