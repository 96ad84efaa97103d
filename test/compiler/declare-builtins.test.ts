import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import * as t from 'io-ts'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  type BuiltinDeclaration,
  type Capabilities,
  checkRego,
  compileRego,
  declareBuiltins,
  forbid,
  type RegoCompiler,
  type RegoType,
  regoCapabilities,
  testRego,
} from '../../src/compiler/index'
import { opaType } from '../../src/compiler/rego-type'
import { valueAt } from '../../src/json'
import { type Builtins, defineBuiltin } from '../../src/rego/builtin'
import { loadPolicy } from '../../src/rego/policy'
import { done, loaded, rows } from './loaded'

let compiler: RegoCompiler

beforeAll(async () => {
  compiler = await loaded()
})

const DOUBLE: BuiltinDeclaration = { args: ['number'], result: 'number' }

const declared = async (builtins: Readonly<Record<string, BuiltinDeclaration>>): Promise<Capabilities> =>
  done(await declareBuiltins(builtins, { compiler })())

const source = (text: string) => [{ name: 'a.rego', text: `package a\n\n${text}\n` }]

/** What a policy with one call gives, where the builtin is what is given. */
const answered = async (call: string, declaration: BuiltinDeclaration, builtins: Builtins) => {
  const [name = ''] = Object.keys(builtins)
  const options = { entrypoints: ['a/x'], capabilities: await declared({ [name]: declaration }), compiler }
  const { module } = done(await compileRego(source(`x := ${call}`), options)())
  const policy = await loadPolicy({ wasm: module, builtins })()
  return policy._tag === 'Right' ? policy.right.evaluate({}) : policy
}

describe('declareBuiltins', () => {
  it('lets Rego call a builtin, which the caller of the policy supplies', async () => {
    const double = defineBuiltin({ args: [t.number], result: t.number, call: (n) => n * 2 })
    expect(await answered('acme.double(21)', DOUBLE, { 'acme.double': double })).toEqual({
      _tag: 'Right',
      right: { value: 42, diagnostics: [] },
    })
  })

  it.each([
    ['an argument of the wrong type', 'acme.double("two")', 'have: (string, ???)\nwant: (number, number)'],
    ['too many arguments', 'acme.double(1, 2, 3)', 'arity mismatch'],
    ['too few', 'acme.double()', 'arity mismatch'],
  ])('has the compiler refuse a call with %s, with its place', async (_, call, reason) => {
    const options = { entrypoints: ['a/x'], capabilities: await declared({ 'acme.double': DOUBLE }), compiler }
    const compiled = await compileRego(source(`x := ${call}`), options)()
    expect(rows(compiled)).toEqual([['rego_type_error', 'a.rego', 3, 6, 3, 6 + call.length]])
    expect(compiled).toMatchObject({ left: [{ data: { reason: expect.stringContaining(reason) } }] })
  })

  it('has the checker refuse a use that does not fit the result', async () => {
    const capabilities = await declared({ 'acme.double': DOUBLE })
    const checked = await checkRego(source('x := upper(acme.double(1))'), { capabilities, compiler })()
    expect(rows(checked)).toEqual([['rego_type_error', 'a.rego', 3, 6, 3, 27]])
  })

  it.each<[number, BuiltinDeclaration]>([
    [0, { args: [], result: 'number' }],
    [4, { args: ['any', 'any', 'any', 'any'], result: 'number' }],
  ])('takes a builtin of %i arguments', async (count, declaration) => {
    const call = `acme.count(${Array.from({ length: count }, (_, at) => at).join(', ')})`
    expect(await answered(call, declaration, { 'acme.count': (...args) => args.length })).toMatchObject({
      right: { value: count },
    })
  })

  it('leaves a call undefined where the definition has another number of arguments', async () => {
    const double = defineBuiltin({ args: [t.number], result: t.number, call: (n) => n * 2 })
    const declaration: BuiltinDeclaration = { args: ['number', 'number'], result: 'number' }
    const answer = await answered('acme.double(1, 2)', declaration, { 'acme.double': double })
    expect(answer).toMatchObject({
      right: { diagnostics: [{ data: { builtin: 'acme.double', reason: 'arguments: expected 1, given 2' } }] },
    })
    expect(answer).not.toHaveProperty('right.value')
  })

  it('has tests replace the builtin, which OPA itself does not have', async () => {
    const capabilities = await declared({ 'acme.double': DOUBLE })
    const text = [
      'x := acme.double(2)',
      'fake(_) := 5',
      'test_replaced if x == 5 with acme.double as fake',
      'test_called if x == 4',
    ].join('\n\n')
    const { results } = done(await testRego(source(text), { capabilities, compiler })())
    expect(results.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['data.a.test_replaced', 'pass'],
      ['data.a.test_called', 'error'],
    ])
  })

  it('has the optimiser stop where it would call the builtin', async () => {
    const options = { entrypoints: ['a/x'], capabilities: await declared({ 'acme.double': DOUBLE }), compiler }
    const compiled = await compileRego(source('x := acme.double(2)'), { ...options, optimization: 1 })()
    expect(rows(compiled)).toEqual([['eval_internal_error', 'a.rego', 3, 6, 3, 20]])
  })

  it('goes with forbid in either order', async () => {
    const builtins = { 'acme.double': DOUBLE }
    const [first, second] = [
      pipe(
        forbid(['http.send'], { compiler }),
        TE.chain((capabilities) => declareBuiltins(builtins, { capabilities, compiler })),
      ),
      pipe(
        declareBuiltins(builtins, { compiler }),
        TE.chain((capabilities) => forbid(['http.send'], { capabilities, compiler })),
      ),
    ]
    const capabilities = done(await first())
    expect(done(await second())).toEqual(capabilities)
    done(await checkRego(source('x := acme.double(2)'), { capabilities, compiler })())
    const sent = await checkRego(source('x := http.send({})'), { capabilities, compiler })()
    expect(rows(sent)).toEqual([['rego_type_error', 'a.rego', 3, 6, 3, 19]])
  })

  it('refuses what OPA has, also where it was forbidden, and what was declared before', async () => {
    const before = pipe(
      forbid(['http.send'], { compiler }),
      TE.chain((capabilities) => declareBuiltins({ 'acme.double': DOUBLE }, { capabilities, compiler })),
    )
    const capabilities = done(await before())
    const again = { abs: DOUBLE, 'acme.triple': DOUBLE, 'http.send': DOUBLE, 'acme.double': DOUBLE }
    expect(await declareBuiltins(again, { capabilities, compiler })()).toMatchObject({
      left: [
        { code: 'rego-builtin-declared', data: { builtin: 'abs' } },
        { code: 'rego-builtin-declared', data: { builtin: 'http.send' } },
        { code: 'rego-builtin-declared', data: { builtin: 'acme.double' } },
      ],
    })
  })
})

describe('the name of a builtin', () => {
  const given = async (name: string): Promise<string> => {
    const made = await declareBuiltins({ [name]: { args: ['any'], result: 'any' } }, { compiler })()
    if (made._tag === 'Left') return made.left.map(({ code }) => code).join()
    const checked = await checkRego(source(`x := ${name}(1)`), { capabilities: made.right, compiler })()
    return checked._tag === 'Right' ? 'callable' : 'not callable'
  }

  it.each(['double', 'acme.double', 'acme.money.round', '_acme.x', 'acme._', 'Acme.Double2', 'and.or', 'acme.data'])(
    'may be %s',
    async (name) => expect(await given(name)).toBe('callable'),
  )

  it.each([
    ['', '_', 'acme.', '.acme', 'acme..x', 'acme x', 'acme-x', 'acme/x', 'acme.1', '1acme', 'äcme.x', 'acme["x"]'],
    ['null', 'import.x', 'acme.import', 'acme.contains', 'every.x', 'acme.if', 'data.acme', 'input.x'],
  ])('may not be any of %s', async (...names) => {
    for (const name of names) expect([name, await given(name)]).toEqual([name, 'rego-builtin-name'])
  })
})

describe('the type of an argument', () => {
  it.each<[RegoType, string, string]>([
    ['null', 'null', '1'],
    ['boolean', 'true', '"true"'],
    ['number', '1.5', '"1"'],
    ['string', '"a"', '1'],
    ['array', '[1, "a"]', '{1}'],
    ['set', '{1, "a"}', '[1]'],
    ['object', '{"a": 1, 2: "b"}', '[1]'],
    [{ array: 'number' }, '[1, 2]', '["a"]'],
    [{ set: 'string' }, '{"a"}', '{1}'],
    [{ object: { key: 'number', value: 'string' } }, '{1: "a"}', '{"a": "a"}'],
    [{ tuple: ['number', 'string'] }, '[1, "a"]', '[1, "a", 2]'],
    [{ tuple: ['number'], rest: 'string' }, '[1, "a", "b"]', '[1, 2]'],
    [{ record: { id: 'string' } }, '{"id": "a"}', '{"id": "a", "n": 1}'],
    [{ record: { id: 'string' }, rest: 'number' }, '{"id": "a", "n": 1}', '{"id": "a", "n": "b"}'],
    [{ record: { id: 'string' } }, '{"id": "a"}', '{}'],
    [{ anyOf: ['string', { array: 'string' }] }, '["a"]', '[1]'],
  ])('%j takes %s and not %s', async (type, fits, misfits) => {
    const capabilities = await declared({ 'acme.take': { args: [type], result: 'boolean' } })
    const checked = await checkRego(source(`x := acme.take(${fits})\n\ny := acme.take(${misfits})`), {
      capabilities,
      compiler,
    })()
    expect(rows(checked).map(([code, , line]) => [code, line])).toEqual([['rego_type_error', 5]])
  })

  it('may be any', async () => {
    const capabilities = await declared({ 'acme.take': { args: ['any'], result: 'any' } })
    done(
      await checkRego(source('x := [acme.take({1: {2}}) + 1, upper(acme.take(null))]'), { capabilities, compiler })(),
    )
  })

  it('is written as OPA writes it for its own builtins', async () => {
    const all = done(await regoCapabilities({ compiler })())
    const argsOf = (name: string): unknown => {
      const builtin = all.builtins.find((each) => each.name === name)
      return bare(valueAt(builtin, ['decl', 'args']))
    }
    const written: Readonly<Record<string, readonly RegoType[]>> = {
      abs: ['number'],
      'array.concat': ['array', 'array'],
      'base64.encode': ['string'],
      'graph.reachable_paths': [
        { object: { key: 'any', value: { anyOf: ['array', 'set'] } } },
        { anyOf: ['array', 'set'] },
      ],
      'object.get': ['object', 'any', 'any'],
      sum: [{ anyOf: [{ array: 'number' }, { set: 'number' }] }],
      union: [{ set: 'set' }],
    }
    for (const [name, types] of Object.entries(written))
      expect([name, types.map(opaType)]).toEqual([name, argsOf(name)])
  })
})

/** A type without the texts that OPA has for readers. */
const bare = (given: unknown): unknown => {
  if (Array.isArray(given)) return given.map(bare)
  if (typeof given !== 'object' || given === null) return given
  return Object.fromEntries(
    Object.entries(given)
      .filter(([key]) => key !== 'name' && key !== 'description')
      .map(([key, value]) => [key, bare(value)]),
  )
}
