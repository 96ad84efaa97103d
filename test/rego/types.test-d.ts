import { type Either, isRight } from 'fp-ts/Either'
import type { TaskEither } from 'fp-ts/TaskEither'
import * as t from 'io-ts'
import { describe, expectTypeOf, it } from 'vitest'
import {
  type Builtins,
  type Bundle,
  type BundledPolicy,
  type BundleKey,
  type Decimal,
  decimal,
  defineBuiltin,
  definePolicy,
  type EvaluateOptions,
  integer,
  type Json,
  type LoadPolicyOptions,
  loadBundle,
  loadPolicy,
  mapOf,
  type Policy,
  type PolicyAnswer,
  type PolicyProblem,
  type RegoMap,
  RegoSet,
  type RegoValue,
  readBundle,
  setOf,
  type ValueAnswer,
  type ValueBuiltin,
} from '../../src/index'
import type { Changeable } from '../changeable'

const policy = {} as Policy

describe('defineBuiltin', () => {
  it('gives the call what its codecs decode, in their order', () => {
    defineBuiltin({
      args: [t.string, setOf(integer), t.readonlyArray(t.boolean)],
      result: decimal,
      call: (...args) => {
        expectTypeOf(args).toEqualTypeOf<[string, readonly bigint[], readonly boolean[]]>()
        return args[1][0]
      },
    })
    expectTypeOf(defineBuiltin({ args: [], result: t.null, call: () => null })).toEqualTypeOf<ValueBuiltin>()
  })

  it('takes a call that looks at fewer arguments, and one that may be undefined', () => {
    defineBuiltin({ args: [t.string, t.number], result: t.string, call: (name) => (name === '' ? undefined : name) })
  })

  it('refuses a call that gives something else than the result, or takes something else than the arguments', () => {
    // @ts-expect-error text where the result is a number
    defineBuiltin({ args: [t.string], result: t.number, call: (name) => name })
    // @ts-expect-error a number where the argument is text
    defineBuiltin({ args: [t.string], result: t.number, call: (n: number) => n })
    // @ts-expect-error an argument more than there are codecs
    defineBuiltin({ args: [t.string], result: t.string, call: (a, b) => `${a}${b}` })
    // @ts-expect-error a promise: evaluations are synchronous
    defineBuiltin({ args: [t.string], result: t.string, call: async (name) => name })
  })

  it('refuses a result that is no value of Rego', () => {
    const instant = new t.Type<Date, Date, unknown>(
      'Date',
      (u): u is Date => u instanceof Date,
      (u, context) => (u instanceof Date ? t.success(u) : t.failure(u, context)),
      t.identity,
    )
    // @ts-expect-error a codec that encodes to a Date
    defineBuiltin({ args: [], result: instant, call: () => new Date(0) })
  })

  it('stands beside plain functions over JSON', () => {
    const builtins: Builtins = {
      'acme.typed': defineBuiltin({ args: [t.string], result: t.number, call: (name) => name.length }),
      'acme.plain': (first) => {
        expectTypeOf(first).toEqualTypeOf<Json>()
        return null
      },
    }
    expectTypeOf(builtins).toExtend<LoadPolicyOptions['builtins']>()
    expectTypeOf<() => RegoSet>().not.toExtend<Builtins[string]>()
    expectTypeOf<() => Promise<Json>>().not.toExtend<Builtins[string]>()
  })
})

describe('codecs of exact values', () => {
  it('decode to what a program works with, and encode to what Rego has', () => {
    expectTypeOf<t.TypeOf<typeof integer>>().toEqualTypeOf<bigint>()
    expectTypeOf<t.TypeOf<typeof decimal>>().toEqualTypeOf<number | bigint | Decimal>()
    const ids = setOf(integer)
    const byId = mapOf(integer, setOf(t.string))
    expectTypeOf<t.TypeOf<typeof ids>>().toEqualTypeOf<readonly bigint[]>()
    expectTypeOf<t.TypeOf<typeof byId>>().toEqualTypeOf<readonly (readonly [bigint, readonly string[]])[]>()
    expectTypeOf<t.OutputOf<typeof byId>>().toEqualTypeOf<RegoValue>()
  })

  it('refuse members that Rego cannot hold', () => {
    // @ts-expect-error undefined is no value
    setOf(t.undefined)
  })
})

describe('definePolicy', () => {
  const definition = {
    policy,
    entrypoint: 'shop/due',
    input: t.readonly(t.type({ amounts: t.readonlyArray(integer) })),
    output: setOf(integer),
    values: 'exact',
  } as const

  it('is a function from what the input codec encodes to what the output codec decodes', () => {
    const due = definePolicy(definition)
    expectTypeOf(due).parameters.toEqualTypeOf<[given: Readonly<{ amounts: readonly bigint[] }>]>()
    expectTypeOf(due).returns.toEqualTypeOf<Either<PolicyProblem, readonly bigint[]>>()
    // @ts-expect-error numbers where the codec has bigints
    due({ amounts: [1] })
    // @ts-expect-error a field is missing
    due({})
  })

  it('can be put over other data where there is a codec for it, and only there', () => {
    const data = t.readonly(t.type({ factor: t.number }))
    const written = definePolicy({ ...definition, data })
    expectTypeOf(written.withData).parameters.toEqualTypeOf<[data: Readonly<{ factor: number }>]>()
    expectTypeOf(written.withData).returns.toEqualTypeOf<Either<PolicyProblem, typeof written>>()
    // A definition that was made before loses nothing of it.
    const made = { ...definition, data }
    expectTypeOf(definePolicy(made)).toEqualTypeOf(written)
    // @ts-expect-error there is no codec for data
    definePolicy(definition).withData({ factor: 2 })
    // @ts-expect-error data of another type
    written.withData({ factor: '2' })
  })

  it('refuses codecs for what is no value of Rego, and another kind of values', () => {
    // @ts-expect-error undefined is no input
    definePolicy({ ...definition, input: t.undefined })
    // @ts-expect-error data is an object
    definePolicy({ ...definition, data: t.array(t.string) })
    // @ts-expect-error there are JSON values and exact ones
    definePolicy({ ...definition, values: 'sets' })
  })
})

describe('an evaluation', () => {
  it('answers with JSON, or with exact values, and either may be absent', () => {
    expectTypeOf<Policy['evaluate']>().returns.toEqualTypeOf<Either<PolicyProblem, PolicyAnswer>>()
    expectTypeOf<Policy['evaluateText']>().returns.toEqualTypeOf<Either<PolicyProblem, PolicyAnswer>>()
    expectTypeOf<Policy['evaluateValue']>().returns.toEqualTypeOf<Either<PolicyProblem, ValueAnswer>>()
    expectTypeOf<PolicyAnswer['value']>().toEqualTypeOf<Json | undefined>()
    expectTypeOf<ValueAnswer['value']>().toEqualTypeOf<RegoValue | undefined>()
    expectTypeOf<Json>().toExtend<RegoValue>()
    expectTypeOf<RegoSet | RegoMap | bigint | Decimal>().toExtend<RegoValue>()
    expectTypeOf<RegoSet>().not.toExtend<Json>()
    expectTypeOf<bigint>().not.toExtend<Json>()
  })

  it('says what failed on the way as problems of the engine', () => {
    expectTypeOf<Changeable<PolicyAnswer>>().toBeNever()
    expectTypeOf<ValueAnswer['diagnostics']>().toEqualTypeOf<readonly PolicyProblem[]>()
  })

  it('takes any value as input, and needs neither input nor entrypoint', () => {
    policy.evaluate({})
    policy.evaluateValue({ entrypoint: 'a/b', input: { ids: new RegoSet([1n]), none: null } })
    // @ts-expect-error a function is no value
    policy.evaluate({ input: () => 1 })
    // @ts-expect-error a Date is no value
    policy.evaluate({ input: { on: new Date(0) } })
    // @ts-expect-error no input is a field that is not there
    policy.evaluate({ input: undefined })
    expectTypeOf<keyof EvaluateOptions>().toEqualTypeOf<'entrypoint' | 'input'>()
  })

  it('gives a value only to who has looked at the error', () => {
    const answer = policy.evaluate({})
    // @ts-expect-error it may be a problem
    answer.right
    if (isRight(answer)) expectTypeOf(answer.right).toEqualTypeOf<PolicyAnswer>()
    else expectTypeOf(answer.left).toEqualTypeOf<PolicyProblem>()
  })
})

describe('loading', () => {
  it('gives a problem of the engine or a policy', () => {
    expectTypeOf(loadPolicy).returns.toEqualTypeOf<TaskEither<PolicyProblem, Policy>>()
    expectTypeOf<Policy['withData']>().returns.toEqualTypeOf<Either<PolicyProblem, Policy>>()
    expectTypeOf<Policy['entrypoints']>().toEqualTypeOf<readonly string[]>()
  })

  it('takes a module as bytes, as a compiled one, or as a response that may be to come', () => {
    const response = {} as Promise<Response>
    for (const wasm of [new Uint8Array(), {} as WebAssembly.Module, {} as Response, response]) loadPolicy({ wasm })
    // @ts-expect-error the name of a file: the engine reads none
    loadPolicy({ wasm: 'policy.wasm' })
    // @ts-expect-error bytes that nobody waited for
    loadPolicy({ wasm: Promise.resolve(new Uint8Array()) })
    // @ts-expect-error no module
    loadPolicy({ data: {} })
  })

  it('takes exact instants and data that is an object', () => {
    expectTypeOf<LoadPolicyOptions['now']>().toEqualTypeOf<bigint | undefined>()
    // @ts-expect-error nanoseconds are beyond a double
    loadPolicy({ wasm: new Uint8Array(), now: Date.now() })
    // @ts-expect-error data is an object
    loadPolicy({ wasm: new Uint8Array(), data: [1] })
  })

  it('gives a bundle, or the policy in it with the bundle', () => {
    expectTypeOf(readBundle).returns.toEqualTypeOf<TaskEither<PolicyProblem, Bundle>>()
    expectTypeOf(loadBundle).returns.toEqualTypeOf<TaskEither<PolicyProblem, BundledPolicy>>()
    expectTypeOf<BundledPolicy>().toExtend<Policy>()
    expectTypeOf<BundledPolicy['bundle']>().toEqualTypeOf<Bundle>()
    expectTypeOf<Changeable<Bundle>>().toBeNever()
    expectTypeOf<Bundle['signedBy']>().toEqualTypeOf<string | undefined>()
  })

  it('verifies with keys that each have an algorithm, and knows no `none`', () => {
    const key: BundleKey = { id: 'release', key: '-----BEGIN PUBLIC KEY-----', algorithm: 'ES256' }
    loadBundle(new Uint8Array(), { verification: { keys: [key] } })
    readBundle(new Uint8Array(), { verification: 'skip' })
    // @ts-expect-error a signature of the algorithm none vouches for nothing
    loadBundle(new Uint8Array(), { verification: { keys: [{ ...key, algorithm: 'none' }] } })
    // @ts-expect-error a key without its algorithm
    loadBundle(new Uint8Array(), { verification: { keys: [{ id: 'release', key: '' }] } })
    // @ts-expect-error the module and its data come from the bundle
    loadBundle(new Uint8Array(), { data: {} })
  })
})
