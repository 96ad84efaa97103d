import {
  Decimal,
  decimal,
  defineBuiltin,
  definePolicy,
  formatTerm,
  integer,
  type Json,
  type LoadPolicyOptions,
  loadPolicy,
  mapOf,
  type Policy,
  type PolicyProblem,
  type Printed,
  RegoMap,
  RegoSet,
  type RegoValue,
  setOf,
} from 'aks-checklist'
import { compileRego, declareBuiltins, opaBuiltinProvider } from 'aks-checklist/compiler'
import * as t from 'io-ts'
import { withOtherAbi } from '../rego/other-abi'
import { INPUT, RULES_AS_OPA, RULES_SOURCE } from './rules-as-opa'

type Either<E, A> = { readonly _tag: 'Left'; readonly left: E } | { readonly _tag: 'Right'; readonly right: A }

/** One thing that the engine does, wherever it runs. */
export interface EngineCase {
  readonly name: string
  readonly expected: unknown
  readonly run: () => Promise<unknown>
}

const right = <A>(either: Either<unknown, A>): A => {
  if (either._tag === 'Left') throw new Error(JSON.stringify(either.left))
  return either.right
}

/** A problem as a case compares it; the sentence is for people. */
const said = (either: Either<PolicyProblem, unknown>): unknown => {
  if (either._tag === 'Right') return either
  const { code, data, location } = either.left
  return { code, data, ...(location === undefined ? {} : { at: [location.source, location.start] }) }
}

const once = <A>(make: () => Promise<A>): (() => Promise<A>) => {
  let made: Promise<A> | undefined
  return () => {
    made ??= make()
    return made
  }
}

// -- the policies -------------------------------------------------------------------------------------------------

const rules = once(async () => {
  const entrypoints = Object.keys(RULES_AS_OPA).map((name) => `rules/${name}`)
  const { module } = right(await compileRego([RULES_SOURCE], { entrypoints })())
  return right(await loadPolicy({ wasm: module, provider: opaBuiltinProvider() })())
})

const SHOP = {
  name: 'shop.rego',
  text: `package shop

echo := input

limits := data.limits

prices := {order.item: order.price | some order in input.orders}

size := "small" if input.n < 10

size := "large" if input.n > 5

late if time.parse_rfc3339_ns(input.when) > 0

told := [name |
	some name in input.names
	print("name:", name, input.absent)
]

twice := acme.double(input.n)

grown := count([n | some n in numbers.range(1, input.n)])

now := time.now_ns()

drawn := [rand.intn("a", 1000), rand.intn("b", 1000)]
`,
} as const

const ENTRYPOINTS = ['echo', 'limits', 'prices', 'size', 'late', 'told', 'twice', 'grown', 'now', 'drawn']

const shopModule = once(async () => {
  const capabilities = right(await declareBuiltins({ 'acme.double': { args: ['number'], result: 'number' } })())
  const entrypoints = ENTRYPOINTS.map((rule) => `shop/${rule}`)
  return right(await compileRego([SHOP], { entrypoints, print: true, capabilities })()).module
})

const double = defineBuiltin({ args: [integer], result: integer, call: (n) => n * 2n })

const shop = async (options: Partial<LoadPolicyOptions> = {}): Promise<Policy> =>
  right(await loadPolicy({ wasm: await shopModule(), builtins: { 'acme.double': double }, ...options })())

// -- the cases ----------------------------------------------------------------------------------------------------

const ruleCases: readonly EngineCase[] = Object.entries(RULES_AS_OPA).map(([rule, { value }]) => ({
  name: `the rule ${rule} has the value that it has in OPA`,
  expected: value,
  run: async () => {
    const answer = right((await rules()).evaluateValue({ entrypoint: `rules/${rule}`, input: INPUT }))
    return answer.value === undefined ? answer.diagnostics : formatTerm(answer.value)
  },
}))

const EXACT_VALUES: Readonly<Record<string, RegoValue>> = {
  'a set of a set': new RegoSet([new RegoSet([2, 1]), new RegoSet([])]),
  'a large integer': -(2n ** 80n),
  'a decimal beyond a double': new Decimal('0.1000000000000000000001'),
  'keys that are no strings': new RegoMap([
    [[1, 2], 'list'],
    [null, new RegoSet(['a'])],
    ['\u{1f600}', 10n ** 30n],
  ]),
  'text of all planes': '\u0000 "\\ \u20ac \u{1f600} \ud7ff',
  'a key named __proto__': JSON.parse('{"__proto__": {"a": 1}, "constructor": 2}'),
}

const exactCases: readonly EngineCase[] = Object.entries(EXACT_VALUES).map(([name, input]) => ({
  name: `${name} goes in and comes out as it is`,
  expected: formatTerm(input),
  run: async () =>
    formatTerm(right((await shop()).evaluateValue({ entrypoint: 'shop/echo', input })).value ?? 'undefined'),
}))

const load = async (wasm: LoadPolicyOptions['wasm']): Promise<unknown> => said(await loadPolicy({ wasm })())

const text = (content: string): Uint8Array => new TextEncoder().encode(content)

const refusalCases: readonly EngineCase[] = [
  {
    name: 'a truncated module is refused',
    expected: { code: 'policy-not-wasm', data: { found: 'a damaged WebAssembly module' } },
    run: async () => load((await shopModule()).slice(0, 20_000)),
  },
  {
    name: 'a module of another ABI is refused by its number',
    expected: { code: 'policy-abi', data: { found: '2.3', supported: '1.2 or 1.3' } },
    run: async () => load(withOtherAbi(await shopModule())),
  },
  {
    name: 'a page in place of a module is refused',
    expected: { code: 'policy-not-wasm', data: { found: 'a page of HTML or XML' } },
    run: () => load(text('<!doctype html><title>Not found</title>')),
  },
  {
    name: 'Rego source in place of a module is refused',
    expected: { code: 'policy-not-wasm', data: { found: 'Rego source; compile it first' } },
    run: () => load(text('package shop\n')),
  },
  {
    name: 'a response that failed is refused with its status',
    expected: { code: 'policy-not-wasm', data: { found: 'a response that failed: Error: HTTP status 404' } },
    run: () => load(Promise.resolve(new Response('', { status: 404 }))),
  },
  {
    name: 'a module that OPA did not make is refused',
    expected: 'policy-not-wasm',
    run: async () => {
      const refused = await loadPolicy({ wasm: new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]) })()
      return refused._tag === 'Left' && refused.left.code
    },
  },
  {
    name: 'builtins that nobody supplies are named',
    expected: { code: 'policy-builtin-unsupported', data: { builtins: ['acme.double'] } },
    run: async () => load(await shopModule()),
  },
  {
    name: 'an entrypoint that the module has not is refused',
    expected: { code: 'policy-entrypoint-unknown', data: { entrypoint: 'shop/none', known: 10 } },
    run: async () => {
      const refused = (await shop()).evaluate({ entrypoint: 'shop/none' })
      return refused._tag === 'Left' && refused.left.code === 'policy-entrypoint-unknown'
        ? { code: refused.left.code, data: { ...refused.left.data, known: refused.left.data.known.length } }
        : refused
    },
  },
  {
    // Why is the runtime's own sentence.
    name: 'text that is no JSON is refused',
    expected: ['policy-input-malformed', 'policy-input-malformed', 'policy-input-malformed'],
    run: async () => {
      const policy = await shop()
      return ['{"a": ', '', "{'a': 1}"].map((given) => {
        const refused = policy.evaluateText('shop/echo', given)
        return refused._tag === 'Left' && refused.left.code
      })
    },
  },
  {
    name: 'an input that is no value is refused',
    expected: ['policy-input-malformed', 'policy-input-malformed', 'policy-input-malformed'],
    run: async () => {
      const policy = await shop()
      return [new Uint8Array([1]), { n: Number.NaN }, { list: [undefined] }].map((given) => {
        const refused = policy.evaluate({ entrypoint: 'shop/echo', input: given as unknown as Json })
        return refused._tag === 'Left' && refused.left.code
      })
    },
  },
  {
    name: 'two values of a complete rule are a conflict with its place',
    expected: { code: 'policy-conflict', data: { kind: 'rule' }, at: ['shop.rego', { line: 11, column: 1 }] },
    run: async () => said((await shop()).evaluate({ entrypoint: 'shop/size', input: { n: 7 } })),
  },
  {
    name: 'two values of a key are a conflict with its place',
    expected: { code: 'policy-conflict', data: { kind: 'object' }, at: ['shop.rego', { line: 7, column: 11 }] },
    run: async () => {
      const orders = [1, 2].map((price) => ({ item: 'tea', price }))
      return said((await shop()).evaluate({ entrypoint: 'shop/prices', input: { orders } }))
    },
  },
  {
    name: 'the memory limit ends an evaluation, and the next one works',
    expected: [{ code: 'policy-memory', data: { maximumPages: 64 } }, 10],
    run: async () => {
      const policy = await shop({ maximumPages: 64 })
      const grow = (n: number) => policy.evaluate({ entrypoint: 'shop/grown', input: { n } })
      return [said(grow(5_000_000)), right(grow(10)).value]
    },
  },
  {
    name: 'a builtin that refuses is undefined and a diagnostic, or an error where that is asked for',
    expected: [[undefined, ['policy-builtin-failed']], 'policy-builtin-failed'],
    run: async () => {
      const asked = { entrypoint: 'shop/late', input: { when: 'tomorrow' } }
      const { value, diagnostics } = right((await shop()).evaluate(asked))
      const strict = (await shop({ strict: true })).evaluate(asked)
      return [[value, diagnostics.map(({ code }) => code)], strict._tag === 'Left' && strict.left.code]
    },
  },
]

const hostCases: readonly EngineCase[] = [
  {
    name: 'print gives its text and its place',
    expected: [
      [
        { text: 'name: tea <undefined>', at: ['shop.rego', { line: 17, column: 2 }] },
        { text: 'name: m\u00e9l <undefined>', at: ['shop.rego', { line: 17, column: 2 }] },
      ],
      ['tea', 'm\u00e9l'],
    ],
    run: async () => {
      const printed: Printed[] = []
      const policy = await shop({ print: (line) => printed.push(line) })
      const { value } = right(policy.evaluate({ entrypoint: 'shop/told', input: { names: ['tea', 'm\u00e9l'] } }))
      return [printed.map((line) => ({ text: line.text, at: [line.location?.source, line.location?.start] })), value]
    },
  },
  {
    name: 'a builtin of your own gets and gives exact values, and refuses others with the place',
    expected: ['2361183241434822606848', undefined, 'argument 1: expected integer'],
    run: async () => {
      const policy = await shop()
      const ask = (n: RegoValue) => right(policy.evaluateValue({ entrypoint: 'shop/twice', input: { n } }))
      const refused = ask(1.5)
      const [diagnostic] = refused.diagnostics
      const reason = diagnostic?.code === 'policy-builtin-failed' ? diagnostic.data.reason : undefined
      return [formatTerm(ask(2n ** 70n).value ?? null), refused.value, reason]
    },
  },
  {
    name: 'a typed policy decodes exact values and goes over other data',
    expected: ['[["tea", 0.1000000000000000000001]] {1, 2}', '{3}', 'policy-output-unexpected'],
    run: async () => {
      const policy = await shop()
      const prices = definePolicy({
        policy,
        entrypoint: 'shop/prices',
        input: t.type({ orders: t.readonlyArray(t.type({ item: t.string, price: decimal })) }),
        output: mapOf(t.string, decimal),
        values: 'exact',
      })
      const limits = definePolicy({
        policy,
        entrypoint: 'shop/limits',
        input: t.type({}),
        output: setOf(integer),
        data: t.type({ limits: setOf(integer) }),
        values: 'exact',
      })
      const price = new Decimal('0.1000000000000000000001')
      const priced = right(prices({ orders: [{ item: 'tea', price }] }))
      const [few, one] = [right(limits.withData({ limits: [2n, 1n] })), right(limits.withData({ limits: [3n] }))]
      const without = limits({})
      return [
        `${formatTerm(priced)} ${formatTerm(new RegoSet(right(few({}))))}`,
        formatTerm(new RegoSet(right(one({})))),
        without._tag === 'Left' && without.left.code,
      ]
    },
  },
  {
    name: 'the time is the one that was given, and without one it is undefined',
    expected: ['1777624200123456789', undefined],
    run: async () => {
      const asked = { entrypoint: 'shop/now' }
      const given = right((await shop({ now: 1_777_624_200_123_456_789n })).evaluateValue(asked)).value
      return [formatTerm(given ?? null), right((await shop()).evaluateValue(asked)).value]
    },
  },
  {
    name: 'what is random follows from the seed',
    expected: [true, false],
    run: async () => {
      const draw = async (seed: number) =>
        JSON.stringify(right((await shop({ seed })).evaluate({ entrypoint: 'shop/drawn' })).value)
      const [first, again, other] = [await draw(1), await draw(1), await draw(2)]
      return [again === first, other === first]
    },
  },
  {
    name: 'a module that is compiled already, a response and a buffer are loaded',
    expected: [1, 1, 1],
    run: async () => {
      const bytes = (await shopModule()).slice()
      const sources = [await WebAssembly.compile(bytes), new Response(bytes), bytes.buffer]
      const policies = await Promise.all(sources.map((wasm) => shop({ wasm })))
      return policies.map((policy) => right(policy.evaluate({ entrypoint: 'shop/echo', input: 1 })).value)
    },
  },
]

/** All of them; each answers for itself, in any order. */
export const ENGINE_CASES: readonly EngineCase[] = [...ruleCases, ...exactCases, ...refusalCases, ...hostCases]
