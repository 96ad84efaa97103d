import type { Family } from '../builtin'
import { entriesOf, identityOf, RegoSet, type RegoValue } from '../value'
import { membersOf, membersOperand, objectOperand } from './operand'

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

/** `graph.reachable_paths`. Source: OPA's policy reference, section "Graphs". */
export const graph: Family = {
  'graph.reachable_paths': (_context, edges, initial) => {
    const targets = entriesOf(objectOperand(edges, 1))
    const starts = membersOperand(initial, 2)
    // What is neither array nor set leads nowhere.
    const edgesOf = new Map(targets.map(([node, leadsTo]) => [identityOf(node), membersOf(leadsTo) ?? []]))
    const paths: RegoValue[] = []
    for (const start of starts) walk(edgesOf, start, (path) => paths.push(path))
    return new RegoSet(paths)
  },
}
