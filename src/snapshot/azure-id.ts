import { canonicalType } from './azure-names'

/** The scope before the last provider, the provider's namespace, and the type and name segments after it. */
interface IdParts {
  readonly scope: string
  readonly namespace: string
  readonly segments: readonly string[]
}

const parts = (id: string): IdParts | undefined => {
  const found = /^(\/.*|)\/providers\/([^/]+)\/(.+?)\/?$/i.exec(id)
  const [, scope, namespace, rest] = found ?? []
  return scope === undefined || namespace === undefined || rest === undefined
    ? undefined
    : { scope, namespace, segments: rest.split('/') }
}

/**
 * The resource type that an Azure resource id names, in canonical letters; of an extension resource
 * (`.../managedClusters/x/providers/Microsoft.Insights/diagnosticSettings/y`) the extension's. Undefined for another text.
 */
export const typeOfId = (id: string): string | undefined => {
  const found = parts(id)
  return found === undefined
    ? undefined
    : canonicalType([found.namespace, ...found.segments.filter((_, position) => position % 2 === 0)].join('/'))
}

/**
 * The id of what a resource belongs to: the cluster of an agent pool, the resource that a diagnostic setting is of,
 * the resource group of a cluster. Undefined for a text that is no resource id, or that has nothing above it.
 */
export const parentId = (id: string): string | undefined => {
  const found = parts(id)
  if (found === undefined) return undefined
  const above = found.segments.slice(0, -2)
  if (above.length > 0) return `${id.slice(0, found.scope.length)}/providers/${found.namespace}/${above.join('/')}`
  return found.scope === '' ? undefined : found.scope
}
