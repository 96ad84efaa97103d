import fc from 'fast-check'
import { isLeft } from 'fp-ts/Either'
import { beforeAll, describe, expect, it } from 'vitest'
import { compileRego, type RegoCompiler, testRego } from '../../src/compiler/index'
import { loadPolicy, type Policy } from '../../src/node'
import { writeTerm } from '../../src/rego/term'
import { RegoSet, type RegoValue } from '../../src/rego/value'
import { done, loaded } from '../compiler/loaded'

const SETS = `package sets

members := {x | some x in input.list}

others := {x | some x in input.others}
`

/** Whatever lets see in which order objects and sets are walked, or depends on how their members are found and compared. */
const REGO = `package order

import data.sets.members
import data.sets.others

indexed := {x: i | some i, x in [m | some m in members]}

named[name] contains value if {
	some value in input.others
	some name, _ in input.object
}

changed := object if object := input.object with input.object.ab as 1 with input.object.new as {"x": 1}

walks := {
	"keys": [k | some k, _ in input.object],
	"values": [v | some v in input.object],
	"members": [x | some x in members],
	"pairs": [[x, y] | some x in members; some y in members; x != y],
	"both": [[x, k] | some x in members; some k, _ in input.object],
	"indexed": [[k, v] | some k, v in indexed],
	"data": [k | some k, _ in data.names],
	"data array": sum([p | some i, x in data.numbers; p := i * x]),
	"named": [[name, value] | some name; some value in named[name]],
	"deep": [path | walk(input, [path, _])],
	"dispatched": [x | some name in ["others", "members"]; some x in data.sets[name]],
	"deep set": [value | walk({"set": members}, [_, value])],
}

made := {
	"union": [x | some x in members | others],
	"intersection": [x | some x in members & others],
	"difference": [x | some x in members - others],
	"merged": [[k, v] | some k, v in object.union(input.object, {x: 1 | some x in input.others; is_string(x)})],
	"left": [k | some k, _ in object.remove(input.object, ["a", "b"])],
	"filtered": [k | some k, _ in object.filter(input.object, ["c", "b", "a"])],
	"names": [k | some k in object.keys(input.object)],
	"sets": [s | some s in {{x, y} | some x in members; some y in others}],
	"objects": [o | some o in {{"b": x, "a": y} | some x in members; some y in others}],
	"arrays": [a | some a in {[y, x] | some x in members; some y in others}],
}

texts := {
	"joined": concat(",", {sprintf("%v", [x]) | some x in members}),
	"json": json.marshal(members),
	"object": json.marshal(input.object),
	"printed": sprintf("%v", [members]),
}

found := {
	"sorted": sort(input.list),
	"sorted set": sort(members),
	"least": [m | m := min([x | some x in members])],
	"most": [m | m := max(members)],
	"each": [is | some x in input.others; is := x in members],
	"at": [indexed[x] | some x in input.list],
	"same": members == {x | some x in array.reverse(input.list)},
	"equal": [[i, j] | some i, x in input.list; some j, y in input.list; x == y],
	"less": [[i, j] | some i, x in input.list; some j, y in input.list; x < y],
	"sum": sum([x | some x in members; is_number(x)]),
	"changed": [[k, v] | some k, v in changed],
	"count": [count(members), count(others), count(indexed)],
}

all := {"walks": walks, "made": made, "texts": texts, "found": found}
`

const SOURCES = [
  { name: 'sets.rego', text: SETS },
  { name: 'order.rego', text: REGO },
]

const DATA = {
  // More than there are indices that all arrays share.
  numbers: Array.from({ length: 300 }, (_, at) => at % 7),
  names: { zeta: 1, alpha: 2, é: 3, '': 4, beta: { y: 1, x: 2 }, Alpha: 5, a: 6, aa: 7, b: 8, omega: 9 },
}

/** Few of each, so that many are equal in parts; with more members than a short list has. */
const name = fc.constantFrom(
  '',
  'a',
  'aa',
  'ab',
  'b',
  'c',
  'é',
  '\uffff',
  '\u{1f600}',
  '<a &\u2028\b\f\v\n\t"\\>',
  'app.kubernetes.io/name',
  'app.kubernetes.io/part-of',
)
const scalar: fc.Arbitrary<RegoValue> = fc.oneof(
  name,
  fc.constantFrom<RegoValue>(0, 1, -1, 0.5, 10, 2n ** 60n, 2n ** 60n + 1n, null, true, false),
  fc.integer(),
)
const value: fc.Arbitrary<RegoValue> = fc.letrec<{ value: RegoValue }>((tie) => ({
  value: fc.oneof(
    { weight: 4, arbitrary: scalar },
    { weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 3 }) },
    { weight: 1, arbitrary: fc.dictionary(name, tie('value'), { maxKeys: 3 }) },
    { weight: 1, arbitrary: fc.array(tie('value'), { maxLength: 3 }).map((members) => new RegoSet(members)) },
  ),
})).value

const input = fc.record({
  list: fc.array(value, { maxLength: 14 }),
  others: fc.array(value, { maxLength: 5 }),
  object: fc.dictionary(name, value, { maxKeys: 11 }),
})

const INPUTS = 40

/** More members than are put in order one by one, in tables that grow. */
const large = fc.record({
  list: fc.array(scalar, { minLength: 20, maxLength: 25 }),
  others: fc.array(value, { maxLength: 2 }),
  object: fc.dictionary(fc.string({ maxLength: 3 }), scalar, { minKeys: 30, noNullPrototype: true }),
})

const LARGE_INPUTS = 4

describe('objects and sets', () => {
  let compiler: RegoCompiler
  let policy: Policy

  beforeAll(async () => {
    compiler = await loaded()
    const { module } = done(await compileRego(SOURCES, { compiler, data: DATA, entrypoints: ['order/all'] })())
    const made = await loadPolicy({ wasm: module, data: DATA })()
    if (isLeft(made)) throw new Error(made.left.message)
    policy = made.right
  })

  it('are walked, found and compared as in OPA', async () => {
    const inputs = [...fc.sample(input, INPUTS), ...fc.sample(large, LARGE_INPUTS)]
    const tests = inputs.map((given, at) => {
      const answer = policy.evaluateValue({ input: given })
      if (isLeft(answer)) throw new Error(answer.left.message)
      return `test_${at} if data.order.all == ${writeTerm(answer.right.value ?? null)} with input as ${writeTerm(given)}`
    })
    const sources = [...SOURCES, { name: 'order_test.rego', text: `package order_test\n\n${tests.join('\n\n')}\n` }]
    const { results } = done(await testRego(sources, { compiler, data: DATA })())
    const differing = results.flatMap(({ name, outcome }, at) =>
      outcome === 'pass' ? [] : [[name, writeTerm(inputs[at] ?? null)]],
    )
    expect(results).toHaveLength(inputs.length)
    expect(differing).toEqual([])
  })
})
