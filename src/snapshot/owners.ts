import { isArray, member } from '../json'
import { parentId } from './azure-id'
import { kindKey } from './kinds'
import type { KubernetesResource, Resource } from './resource'

const AGENT_POOL = 'Microsoft.ContainerService/managedClusters/agentPools'

const key = (kind: string, namespace: string | undefined, name: string): string => `${kind}/${namespace ?? ''}/${name}`

interface Reference {
  readonly kind: string
  readonly name: string
}

const controllerOf = (resource: KubernetesResource): Reference | undefined => {
  const references = member(resource.value['metadata'], 'ownerReferences')
  if (!isArray(references)) return undefined
  const controller = references.find((reference) => member(reference, 'controller') === true)
  const [apiVersion, kind, name] = ['apiVersion', 'kind', 'name'].map((field) => member(controller, field))
  return typeof apiVersion === 'string' && typeof kind === 'string' && typeof name === 'string'
    ? { kind: kindKey(apiVersion, kind), name }
    : undefined
}

/** A pool collected for itself is judged in the cluster that lists it. */
const poolOwner = (resource: Resource, clusters: ReadonlyMap<string, Resource>): Resource | undefined => {
  if (resource.from !== 'azure' || resource.id === undefined || resource.kind !== AGENT_POOL) return undefined
  const cluster = clusters.get(parentId(resource.id)?.toLowerCase() ?? '')
  const pools = member(cluster?.value['properties'], 'agentPoolProfiles')
  const listed = isArray(pools) && pools.some((pool) => member(pool, 'name') === resource.name)
  return listed ? cluster : undefined
}

/**
 * Marks each resource whose controller is in the same snapshot with that controller's position: it is judged there.
 */
export const withOwners = (resources: readonly Resource[]): readonly Resource[] => {
  const named = new Map<string, Resource>()
  const clusters = new Map<string, Resource>()
  for (const resource of resources) {
    if (resource.from === 'kubernetes') named.set(key(resource.kind, resource.namespace, resource.name), resource)
    else if (resource.from === 'azure' && resource.id !== undefined) clusters.set(resource.id.toLowerCase(), resource)
  }
  return resources.map((resource) => {
    const reference = resource.from === 'kubernetes' ? controllerOf(resource) : undefined
    const owner =
      resource.from === 'kubernetes'
        ? reference &&
          (named.get(key(reference.kind, resource.namespace, reference.name)) ??
            named.get(key(reference.kind, undefined, reference.name)))
        : poolOwner(resource, clusters)
    return owner === undefined || owner === resource ? resource : { ...resource, owner: owner.index }
  })
}
