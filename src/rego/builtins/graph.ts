import { BuiltinRefusal, type Family } from '../builtin'
import { entriesOf, identityOf, isRegoArray, isRegoObject, RegoMap, RegoSet, type RegoValue } from '../value'

/** The elements of a collection; what is none has none. */
const vertices = (collection: RegoValue): readonly RegoValue[] => {
  if (isRegoArray(collection)) return collection
  return collection instanceof RegoSet ? collection.members : []
}

/** A path being walked: the node, and which of its edges is next. */
interface Step {
  readonly node: RegoValue
  readonly id: string
  readonly edges: readonly RegoValue[]
  next: number
}

/**
 * Walks on from a start until a node without edges, a node that the graph has not, or a node that is on the path already, and
 * hands over each path. Without recursion: a path may be as long as the graph.
 */
const walk = (
  edgesOf: ReadonlyMap<string, readonly RegoValue[]>,
  start: RegoValue,
  found: (path: readonly RegoValue[]) => void,
): void => {
  const steps: Step[] = []
  const onPath = new Set<string>()
  const path = (): readonly RegoValue[] => steps.map(({ node }) => node)

  const enter = (node: RegoValue, id: string): void => {
    const edges = edgesOf.get(id)
    if (edges === undefined) {
      found(path())
      return
    }
    steps.push({ node, id, edges, next: 0 })
    onPath.add(id)
    if (edges.length === 0) found(path())
  }

  const startId = identityOf(start)
  if (!edgesOf.has(startId)) return
  enter(start, startId)
  for (let step = steps.at(-1); step !== undefined; step = steps.at(-1)) {
    const neighbour = step.edges[step.next]
    if (neighbour === undefined) {
      steps.pop()
      // A start that is its own neighbour stands on the path twice.
      if (steps[0]?.id !== step.id) onPath.delete(step.id)
      continue
    }
    step.next += 1
    const id = identityOf(neighbour)
    // OPA looks for circles from the second node on.
    if (onPath.has(id) && steps.length > 1) found(path())
    else enter(neighbour, id)
  }
}

/** `graph.reachable_paths`. Source: OPA's policy reference, section "Graph". */
export const graph: Family = {
  'graph.reachable_paths': (_context, edges = null, initial = null) => {
    if (!(isRegoObject(edges) || edges instanceof RegoMap)) throw new BuiltinRefusal('operand 1 must be an object')
    if (!(isRegoArray(initial) || initial instanceof RegoSet))
      throw new BuiltinRefusal('operand 2 must be an array or a set')
    const edgesOf = new Map(entriesOf(edges).map(([node, targets]) => [identityOf(node), vertices(targets)]))
    const paths: RegoValue[] = []
    for (const start of vertices(initial)) walk(edgesOf, start, (path) => paths.push(path))
    return new RegoSet(paths)
  },
}
