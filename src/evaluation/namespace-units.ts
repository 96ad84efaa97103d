import type { Control } from '../catalogue/control'
import { namespaceOf, type Resource } from '../snapshot/resource'
import { isAmong } from './kinds'
import type { Target } from './outcome'
import { excludedNamespaces } from './parameters'
import { recordUnit } from './record-unit'
import type { Run } from './run'
import { type ProjectedText, projectedText, unitInput } from './unit-input'

/** Controls that are given the same view of a namespace. */
interface Group {
  readonly controls: readonly Control[]
  readonly kinds: ReadonlySet<string>
  readonly owned: boolean
  readonly text: ProjectedText
}

/** Whole resources and projected ones cost so differently that owned objects are only sent where they are judged. */
const groupsOf = (controls: readonly Control[]): readonly Group[] =>
  [false, true]
    .map((owned) => controls.filter((control) => control.owned === owned))
    .filter((group) => group.length > 0)
    .map((group) => ({
      controls: group,
      kinds: new Set(group.flatMap((control) => control.kinds)),
      owned: group[0]?.owned === true,
      text: projectedText(group),
    }))

/** Namespace units: the objects of one namespace, its Namespace, and the cluster-scoped objects of the controls' kinds. */
export const evaluateNamespaces = (run: Run, controls: readonly Control[]): void => {
  const excluded = new Map(controls.map((control) => [control, excludedNamespaces(run.parameters[control.id])]))
  for (const group of groupsOf(controls)) {
    const { namespaces, clusterScoped } = divide(run.snapshot.resources, group)
    for (const [namespace, resources] of namespaces) {
      const chosen = group.controls.filter((control) => excluded.get(control)?.has(namespace) !== true)
      if (chosen.length > 0) evaluateNamespace(run, chosen, namespace, [...resources, ...clusterScoped], group.text)
    }
  }
}

const divide = (
  resources: readonly Resource[],
  group: Group,
): { readonly namespaces: ReadonlyMap<string, readonly Resource[]>; readonly clusterScoped: readonly Resource[] } => {
  const namespaces = new Map<string, Resource[]>()
  const clusterScoped: Resource[] = []
  for (const resource of resources) {
    if (resource.from !== 'kubernetes') continue
    if (!isAmong(group.kinds, resource) && resource.kind !== 'Namespace') continue
    if (resource.owner !== undefined && !group.owned) continue
    const namespace = resource.kind === 'Namespace' ? resource.name : namespaceOf(resource)
    if (namespace === undefined) {
      clusterScoped.push(resource)
      continue
    }
    const members = namespaces.get(namespace)
    if (members === undefined) namespaces.set(namespace, [resource])
    else members.push(resource)
  }
  return { namespaces: new Map([...namespaces].sort(([a], [b]) => (a < b ? -1 : 1))), clusterScoped }
}

const evaluateNamespace = (
  run: Run,
  controls: readonly Control[],
  namespace: string,
  resources: readonly Resource[],
  text: ProjectedText,
): void => {
  const rows = run.call(controls, (called) => unitInput(called, { unit: 'namespace', namespace }, resources, text))
  const object = resources.find((resource) => resource.kind === 'Namespace')
  const whole: Target = { is: 'namespace', name: namespace, ...(object === undefined ? {} : { resource: object }) }
  recordUnit(run, controls, rows, { resources, whole, namespace })
}
