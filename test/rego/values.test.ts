import fc from 'fast-check'
import { type Either, isLeft } from 'fp-ts/Either'
import * as t from 'io-ts'
import { beforeAll, describe, expect, it } from 'vitest'
import { exact as exactObject } from '../../src/codec'
import { type BuiltinDeclaration, compileRego, declareBuiltins, opaBuiltinProvider } from '../../src/compiler/index'
import { shippedCompiler } from '../../src/compiler/shipped'
import type { PolicyProblem } from '../../src/problem'
import { type BuiltinContext, BuiltinRefusal, type Builtins, defineBuiltin } from '../../src/rego/builtin'
import { decimal, integer, mapOf, setOf } from '../../src/rego/codec'
import { Decimal } from '../../src/rego/number'
import { type LoadPolicyOptions, loadPolicy, type Policy } from '../../src/rego/policy'
import { definePolicy } from '../../src/rego/typed-policy'
import { compareValues, RegoMap, RegoSet, type RegoValue } from '../../src/rego/value'
import { anyValue } from './builtins/against-opa'

const right = <A>(result: Either<unknown, A>): A => {
  if (isLeft(result)) throw new Error(JSON.stringify(result.left))
  return result.right
}

const code = (result: Either<PolicyProblem, unknown>): string | false => isLeft(result) && result.left.code

const REGO = `package exact

echo := input

from_data := data.held

given := acme.given(input)

count_of := count(input)

sum_of := sum(input)

clash := 1 if input.a

clash := 2 if input.b

keyed := {k: v | some pair in input; k := pair[0]; v := pair[1]}

again := acme.again(input)

instant := time.now_ns()

dice := [rand.intn(sprintf("%d", [n]), 1000000) | some n in numbers.range(1, 5)]

globs := regex.globs_match("a.*", input)

names := {"b", "a", input}
`

const OWN: Builtins = {
  'acme.given': { call: (_context: BuiltinContext, value: RegoValue) => value },
  'acme.again': () => 0,
}

const ENTRYPOINTS = [...REGO.matchAll(/^(\w+) :=/gm)].map(([, name]) => `exact/${name}`)

let wasm: Uint8Array

const load = async (options: Omit<LoadPolicyOptions, 'wasm'> = {}): Promise<Policy> =>
  right(await loadPolicy({ wasm, provider: opaBuiltinProvider(), ...options })())

let policy: Policy

beforeAll(async () => {
  const compiler = right(await shippedCompiler())
  const anyToAny: BuiltinDeclaration = { args: ['any'], result: 'any' }
  const capabilities = right(await declareBuiltins({ 'acme.given': anyToAny, 'acme.again': anyToAny }, { compiler })())
  const compiled = await compileRego([{ name: 'exact.rego', text: REGO }], {
    entrypoints: [...new Set(ENTRYPOINTS)],
    capabilities,
    compiler,
  })()
  wasm = right(compiled).module
  policy = await load({ builtins: OWN })
})

const exact = (name: string, input?: RegoValue, of: Policy = policy): RegoValue | undefined =>
  right(of.evaluateValue({ entrypoint: `exact/${name}`, ...(input === undefined ? {} : { input }) })).value

describe('exact values', () => {
  it('cross as they are, in and out, as input, as data and as arguments of builtins', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const over = right(policy.withData({ held: value }))
        for (const back of [exact('echo', value), exact('given', value), exact('from_data', undefined, over)]) {
          expect(back !== undefined && compareValues(back, value)).toBe(0)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('are what the policy calculates with', () => {
    expect(exact('count_of', new RegoSet([1, [1], '1']))).toBe(3)
    expect(exact('sum_of', [2n ** 64n, 1])).toBe(2n ** 64n + 1n)
    expect(exact('sum_of', [new Decimal('0.1'), 0.2])).toBe(0.3)
    expect(
      exact('keyed', [
        [1, 'one'],
        [[2], new RegoSet([])],
      ]),
    ).toEqual(
      new RegoMap([
        [1, 'one'],
        [[2], new RegoSet([])],
      ]),
    )
  })

  it('have one order, whatever the order of the input', () => {
    const names = (input: RegoValue): string =>
      JSON.stringify(right(policy.evaluate({ entrypoint: 'exact/names', input })).value)
    expect(names('c')).toBe('["a","b","c"]')
    expect(names(0)).toBe('[0,"a","b"]')
    const text = (value: RegoValue): string => JSON.stringify(exact('echo', value))
    expect(text({ b: 1, a: [{ d: 1, c: 2 }] })).toBe(text({ a: [{ c: 2, d: 1 }], b: 1 }))
  })

  it('are JSON for those who ask for JSON', () => {
    const input = { set: new RegoSet(['b', 'a']), map: new RegoMap([[1, 'x']]), big: 2n ** 64n }
    expect(right(policy.evaluate({ entrypoint: 'exact/echo', input })).value).toEqual({
      set: ['a', 'b'],
      map: { '1': 'x' },
      big: 2 ** 64,
    })
  })

  it('that are none are refused', () => {
    for (const input of [new Map(), Number.NaN, undefined, Symbol('x'), () => 1]) {
      for (const given of [{ a: [2n, input] }, [new RegoSet([]), { b: input ?? Number.NaN }]]) {
        const answer = policy.evaluateValue({ entrypoint: 'exact/echo', input: given as unknown as RegoValue })
        expect([String(input), code(answer)]).toEqual([String(input), 'policy-input-malformed'])
      }
    }
  })
})

describe('input text', () => {
  it.each(['', '{"a":1', '1 2', '{"a":1,}', "{'a':1}", 'nul', '{1, 2}', '\ufeff{}'])(
    '%j is refused as malformed',
    (text) => {
      expect(code(policy.evaluateText('exact/echo', text))).toBe('policy-input-malformed')
    },
  )

  it('says where it stops being JSON, and does not repeat the text', () => {
    const answer = policy.evaluateText('exact/echo', '{\n  "password": "hunter2",\n  "b": }')
    expect(isLeft(answer) && answer.left.location).toEqual({
      source: 'input',
      start: { line: 3, column: 8 },
      end: { line: 3, column: 8 },
    })
    expect(JSON.stringify(answer)).not.toContain('hunter2')
  })

  it('that is JSON is the input', () => {
    expect(right(policy.evaluateText('exact/echo', ' {"a": [1, 0.5]} ')).value).toEqual({ a: [1, 0.5] })
  })
})

describe('no input', () => {
  it('leaves input undefined', () => {
    expect(right(policy.evaluate({ entrypoint: 'exact/echo' }))).toEqual({ diagnostics: [] })
  })
})

describe('conflicts', () => {
  it('are problems with the place in the source', () => {
    const rule = policy.evaluate({ entrypoint: 'exact/clash', input: { a: true, b: true } })
    expect(isLeft(rule) && [rule.left.code, rule.left.data, rule.left.location?.source]).toEqual([
      'policy-conflict',
      { kind: 'rule' },
      'exact.rego',
    ])
    expect(isLeft(rule) && rule.left.location?.start.line).toBeGreaterThan(1)
    const object = policy.evaluate({
      entrypoint: 'exact/keyed',
      input: [
        ['k', 1],
        ['k', 2],
      ],
    })
    expect(isLeft(object) && [object.left.code, object.left.data]).toEqual(['policy-conflict', { kind: 'object' }])
    expect(exact('clash', { a: true })).toBe(1)
  })
})

describe('builtins of the caller', () => {
  const own = (call: Builtins[string]): Promise<Policy> => load({ builtins: { ...OWN, 'acme.given': call } })

  it('get JSON where they are plain functions', async () => {
    const seen: unknown[] = []
    const of = await own((value) => {
      seen.push(value)
      return [value ?? null]
    })
    expect(exact('given', new RegoSet(['b', 'a']), of)).toEqual([['a', 'b']])
    expect(seen).toEqual([['a', 'b']])
  })

  it('get decoded values where they are defined with codecs, and give encoded ones', async () => {
    const of = await own(
      defineBuiltin({
        args: [setOf(integer)],
        result: mapOf(integer, decimal),
        call: (members) => members.map((member) => [member, new Decimal(`${member}.25`)] as const),
      }),
    )
    expect(exact('given', new RegoSet([2n ** 60n, 1]), of)).toEqual(
      new RegoMap([
        [2n ** 60n, new Decimal(`${2n ** 60n}.25`)],
        [1, 1.25],
      ]),
    )
  })

  it('are undefined, with the place, where an argument does not fit', async () => {
    const of = await own(defineBuiltin({ args: [t.type({ a: t.array(t.string) })], result: t.number, call: () => 1 }))
    const answer = right(of.evaluate({ entrypoint: 'exact/given', input: { a: ['x', 2] } }))
    expect(answer).toMatchObject({
      diagnostics: [{ data: { builtin: 'acme.given', reason: 'argument 1 at a[1]: expected string' } }],
    })
    expect(answer.value).toBeUndefined()
  })

  it('may refuse, give nothing, or fail', async () => {
    const calls: readonly [Builtins[string], readonly string[]][] = [
      [() => undefined, []],
      [
        () => {
          throw new BuiltinRefusal('not today')
        },
        ['not today'],
      ],
      [() => Number.NaN, ['NaN']],
    ]
    for (const [call, reasons] of calls) {
      const answer = right((await own(call)).evaluate({ entrypoint: 'exact/given', input: 1 }))
      expect(answer.value).toBeUndefined()
      expect(answer.diagnostics.map(({ data }) => 'reason' in data && data.reason)).toEqual(reasons)
    }
  })

  it('may evaluate the same policy', async () => {
    const of: Policy = await load({
      builtins: {
        ...OWN,
        'acme.again': (n) =>
          typeof n === 'number' && n > 0
            ? Number(right(of.evaluate({ entrypoint: 'exact/again', input: n - 1 })).value) + 1
            : 0,
      },
    })
    expect(exact('again', 5, of)).toBe(5)
    expect(exact('again', 5, of)).toBe(5)
  })
})

describe('what is not in the input', () => {
  it('is the time that was given, and a diagnostic where none was', async () => {
    expect(exact('instant', undefined, await load({ ...{ builtins: OWN }, now: 1_777_624_200_123_456_789n }))).toBe(
      1_777_624_200_123_456_789n,
    )
    const none = right(policy.evaluate({ entrypoint: 'exact/instant' }))
    expect(none.value).toBeUndefined()
    expect(none.diagnostics.map(({ data }) => data)).toMatchObject([{ builtin: 'time.now_ns' }])
  })

  it('follows from the seed', async () => {
    const [one, same, other] = await Promise.all([7, 7, 8].map((seed) => load({ builtins: OWN, seed })))
    const dice = (of: Policy | undefined): string => JSON.stringify(exact('dice', undefined, of))
    expect(dice(one)).toBe(dice(one))
    expect(dice(one)).toBe(dice(same))
    expect(dice(one)).not.toBe(dice(other))
  })
})

describe('builtins that only OPA has', () => {
  it("are answered by OPA's own code where a provider is given", () => {
    expect(exact('globs', 'ab')).toBe(true)
  })

  it('are refused by name where none is', async () => {
    const alone = await loadPolicy({ wasm, builtins: OWN })()
    expect(isLeft(alone) && [alone.left.code, alone.left.data]).toEqual([
      'policy-builtin-unsupported',
      { builtins: ['regex.globs_match'] },
    ])
  })
})

describe('a typed policy', () => {
  it('decodes exact values and encodes them', () => {
    const typed = definePolicy({
      policy,
      entrypoint: 'exact/echo',
      input: setOf(integer),
      output: setOf(integer),
      values: 'exact',
    })
    expect(right(typed([2n ** 65n, 1n]))).toEqual([1n, 2n ** 65n])
  })

  it('takes an object codec whose members encode themselves', () => {
    const basket = exactObject('basket', { items: setOf(integer) }, { note: t.string })
    const typed = definePolicy({ policy, entrypoint: 'exact/echo', input: basket, output: basket, values: 'exact' })
    expect(right(typed({ items: [2n, 2n ** 65n], note: 'x' }))).toEqual({ items: [2n, 2n ** 65n], note: 'x' })
    expect(right(typed({ items: [] }))).toEqual({ items: [] })
  })

  it('can be put over other data', () => {
    const typed = definePolicy({
      policy,
      entrypoint: 'exact/from_data',
      input: t.null,
      data: t.type({ held: t.array(t.string) }),
      output: t.array(t.string),
    })
    expect(right(right(typed.withData({ held: ['a'] }))(null))).toEqual(['a'])
    expect(code(typed(null))).toBe('policy-output-unexpected')
  })
})
