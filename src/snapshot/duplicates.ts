import { type Document, locationIn } from '../manifest/index'
import { type Problem, problem } from '../problem'
import { groupOf } from './kinds'
import type { Resource } from './resource'

/** What makes two resources the same one; absent where a resource has no name to compare. */
const identity = (resource: Resource): string | undefined => {
  switch (resource.from) {
    case 'kubernetes':
      return resource.name === ''
        ? undefined
        : `${groupOf(resource.apiVersion)}/${resource.kind}/${resource.namespace ?? ''}/${resource.name}`
    case 'azure':
      // Collectors mask subscription ids; masked ones do not tell resources apart.
      return resource.id === undefined || resource.id.includes('*') ? undefined : resource.id.toLowerCase()
    case 'own':
      return `${resource.kind}/${resource.name}`
  }
}

/** `Deployment shop/web`. */
const describe = (resource: Resource): string => {
  const namespace = resource.from === 'kubernetes' ? resource.namespace : undefined
  return `${resource.kind} ${namespace === undefined ? '' : `${namespace}/`}${resource.name}`
}

/**
 * Drops a resource that stands twice with equal content, and names both places; of different ones both stay, and joins,
 * which look up by name, find the last.
 */
export const deduplicate = (
  resources: readonly Resource[],
  documents: readonly Document[],
): { readonly resources: readonly Resource[]; readonly problems: readonly Problem[] } => {
  const first = new Map<string, Resource>()
  const kept: Resource[] = []
  const problems: Problem[] = []
  for (const resource of resources) {
    const id = identity(resource)
    const earlier = id === undefined ? undefined : first.get(id)
    if (earlier === undefined) {
      if (id !== undefined) first.set(id, resource)
      kept.push({ ...resource, index: kept.length })
      continue
    }
    const same = JSON.stringify(earlier.value) === JSON.stringify(resource.value)
    if (!same) kept.push({ ...resource, index: kept.length })
    const [here, there] = [resource, earlier].map(({ origin }) => {
      const document = documents[origin.document]
      return document === undefined ? undefined : locationIn(document, origin.path)
    })
    problems.push(
      problem(
        'resource-duplicate',
        {
          resource: describe(resource),
          first: there === undefined ? '' : `${there.source}:${there.start.line}:${there.start.column}`,
          same,
        },
        here,
      ),
    )
  }
  return { resources: kept, problems }
}
