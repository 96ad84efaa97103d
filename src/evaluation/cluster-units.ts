import type { Control } from '../catalogue/control'
import { namespaceOf, type Resource } from '../snapshot/resource'
import { MANAGED_CLUSTER } from '../snapshot/snapshot'
import { isAmong } from './kinds'
import type { Target } from './outcome'
import { excludedNamespaces } from './parameters'
import { recordUnit } from './record-unit'
import type { Run } from './run'
import { projectedText, unitInput } from './unit-input'

const isAzureKind = (kind: string): boolean => kind.includes('/')
const isKubernetesKind = (kind: string): boolean => !isAzureKind(kind) && kind !== 'Attestation'

/** Which sides a control joins. */
const sides = (control: Control): 'kubernetes' | 'azure' | 'both' => {
  const azure = control.kinds.some(isAzureKind)
  const kubernetes = control.kinds.some(isKubernetesKind)
  return azure ? (kubernetes ? 'both' : 'azure') : 'kubernetes'
}

/**
 * Cluster units: all resources of the controls' kinds. With several managed clusters Azure's side is judged once for each;
 * Kubernetes objects belong to the one that is named, and a control that joins both sides is undecided when none is.
 */
export const evaluateClusters = (run: Run, controls: readonly Control[]): void => {
  const { snapshot } = run
  const several = snapshot.managedClusters.length > 1
  if (!several) {
    evaluateCluster(run, controls, snapshot.resources, snapshot.managedClusters[0])
    return
  }
  const hasKubernetes = snapshot.resources.some(({ from }) => from === 'kubernetes')
  const ambiguous = hasKubernetes && snapshot.cluster === undefined
  evaluateCluster(
    run,
    controls.filter((control) => sides(control) === 'kubernetes'),
    snapshot.resources,
    snapshot.cluster,
  )
  for (const control of controls.filter((control) => ambiguous && sides(control) === 'both')) {
    run
      .collector(control)
      .undecidable({ is: 'cluster' }, 'which managed cluster the Kubernetes objects belong to (--cluster)')
  }
  const perCluster = controls.filter(
    (control) => sides(control) === 'azure' || (sides(control) === 'both' && !ambiguous),
  )
  for (const cluster of snapshot.managedClusters) {
    const members = snapshot.resources.filter((resource) => belongs(resource, cluster, snapshot.cluster === cluster))
    evaluateCluster(run, perCluster, members, cluster)
  }
}

/** Other Azure resources (gateways, registries) may serve any cluster of the input. */
const belongs = (resource: Resource, cluster: Resource, hasKubernetes: boolean): boolean => {
  if (resource.from === 'kubernetes') return hasKubernetes
  if (resource.from === 'own' || !resource.kind.startsWith(MANAGED_CLUSTER)) return true
  if (resource === cluster) return true
  const id = cluster.from === 'azure' ? cluster.id?.toLowerCase() : undefined
  return (
    resource.kind !== MANAGED_CLUSTER &&
    id !== undefined &&
    resource.from === 'azure' &&
    resource.id?.toLowerCase().startsWith(`${id}/`) === true
  )
}

const evaluateCluster = (
  run: Run,
  controls: readonly Control[],
  all: readonly Resource[],
  cluster: Resource | undefined,
): void => {
  for (const owned of [false, true]) {
    for (const group of byExcluded(
      run,
      controls.filter((control) => control.owned === owned),
    )) {
      const kinds = new Set(group.controls.flatMap((control) => control.kinds))
      const resources = all.filter(
        (resource) =>
          isAmong(kinds, resource) &&
          (owned || resource.owner === undefined) &&
          !group.excluded.has(namespaceOf(resource) ?? ''),
      )
      evaluateGroup(run, group.controls, resources, cluster)
    }
  }
}

/** Excluded namespaces are dropped before the call, so controls are called together where they exclude the same ones. */
const byExcluded = (
  run: Run,
  controls: readonly Control[],
): readonly { readonly controls: readonly Control[]; readonly excluded: ReadonlySet<string> }[] => {
  const groups = new Map<string, { controls: Control[]; excluded: ReadonlySet<string> }>()
  for (const control of controls) {
    const excluded = excludedNamespaces(run.parameters[control.id])
    const key = JSON.stringify([...excluded].sort())
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { controls: [control], excluded })
    else group.controls.push(control)
  }
  return [...groups.values()]
}

const evaluateGroup = (
  run: Run,
  controls: readonly Control[],
  resources: readonly Resource[],
  cluster: Resource | undefined,
): void => {
  const text = projectedText(controls)
  const rows = run.call(controls, (called) => unitInput(called, { unit: 'cluster' }, resources, text))
  const whole: Target = { is: 'cluster', ...(cluster === undefined ? {} : { resource: cluster }) }
  recordUnit(run, controls, rows, { resources, whole })
}
