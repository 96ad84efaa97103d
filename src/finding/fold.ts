import type { Control } from '../catalogue/control'
import type { Path } from '../json'
import type { Finding, ResourceIdentity } from './finding'

const encloses = (outer: Path, inner: Path): boolean =>
  outer.length <= inner.length && outer.every((segment, at) => segment === inner[at])

const key = (resource: ResourceIdentity): string => JSON.stringify(resource)

const namespaceKey = (resource: ResourceIdentity): string | undefined =>
  'namespace' in resource && resource.namespace !== undefined
    ? key({ apiVersion: 'v1', kind: 'Namespace', name: resource.namespace })
    : undefined

/**
 * Marks findings that say again, or say more weakly, what another control found at the same resource and an equal or
 * enclosing path. A finding at a namespace encloses those at its resources.
 */
export const fold = (
  findings: readonly Finding[],
  controlOf: (id: string) => Control | undefined,
): readonly Finding[] => {
  const byControl = new Map<string, Map<string, Path[]>>()
  for (const finding of findings) {
    const places = byControl.get(finding.controlId) ?? new Map<string, Path[]>()
    byControl.set(finding.controlId, places)
    const at = key(finding.resource)
    const paths = places.get(at)
    if (paths === undefined) places.set(at, [finding.path])
    else paths.push(finding.path)
  }
  const covers = (controlId: string, finding: Finding): boolean => {
    const places = byControl.get(controlId)
    if (places === undefined) return false
    const namespace = namespaceKey(finding.resource)
    if (namespace !== undefined && places.has(namespace)) return true
    return places.get(key(finding.resource))?.some((path) => encloses(path, finding.path)) === true
  }
  return findings.map((finding) => {
    const target = controlOf(finding.controlId)?.folds.find((id) => id !== finding.controlId && covers(id, finding))
    return target === undefined ? finding : { ...finding, foldedInto: target }
  })
}
