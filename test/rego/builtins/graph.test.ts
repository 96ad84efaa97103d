import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { graph } from '../../../src/rego/builtins/graph'
import { Decimal } from '../../../src/rego/number'
import { RegoMap, RegoSet, type RegoValue } from '../../../src/rego/value'
import { mostly, ours, sameAsOpa } from './against-opa'

const paths = (edges: RegoValue, initial: RegoValue) => ours(graph, 'graph.reachable_paths', [edges, initial])

const node = fc.constantFrom<RegoValue>('a', 'b', 'c', 1, new Decimal('1.0'), [1])
const nodes = fc.array(node, { maxLength: 3 })
const collection = fc.oneof(
  { weight: 4, arbitrary: nodes },
  nodes.map((members) => new RegoSet(members)),
  fc.constant(null),
)
const edges = fc.oneof(
  fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), collection, { noNullPrototype: true }),
  fc.array(fc.tuple(node, collection), { maxLength: 5 }).map((entries) => new RegoMap(entries)),
)

describe('graph.reachable_paths', () => {
  it('follows each edge to its end', () => {
    expect(paths({ a: ['b', 'c'], b: ['d'], c: [] }, ['a'])).toEqual({ result: '{["a", "b"], ["a", "c"]}' })
  })

  it('ends a path where it would close a circle', () => {
    expect(paths({ a: ['b'], b: ['a'] }, ['a'])).toEqual({ result: '{["a", "b"]}' })
  })

  it('walks a path as long as the graph', () => {
    const edges = Object.fromEntries(Array.from({ length: 20_000 }, (_, at) => [`n${at}`, [`n${at + 1}`]]))
    const walked = graph['graph.reachable_paths']?.({ random: () => new Uint8Array(), memo: new Map() }, edges, ['n0'])
    expect(walked instanceof RegoSet && walked.members.map((path) => Array.isArray(path) && path.length)).toEqual([
      20_000,
    ])
  })

  it('agrees with OPA', async () => {
    await sameAsOpa(graph, 'graph.reachable_paths', mostly(edges, collection), 3_000)
  })
})
