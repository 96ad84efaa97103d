import fc from 'fast-check'
import { isLeft } from 'fp-ts/Either'
import { beforeAll, describe, expect, it } from 'vitest'
import { compileRego } from '../../src/compiler/index'
import { Host, UNKNOWN_LAYOUT } from '../../src/rego/host'
import { createInstance, type Instance } from '../../src/rego/instance'
import { isReadable } from '../../src/rego/layout'
import { type LoadedModule, loadModule } from '../../src/rego/loaded-module'
import { EXACT, JSON_READING, type Reading, readTerm, WRITTEN, writeTerm } from '../../src/rego/term'
import { RegoMap, RegoSet, type RegoValue } from '../../src/rego/value'
import { anyValue } from './builtins/against-opa'

const REGO = `package stored

given := input

# Constants, integers as the module counts them, and tables that grew.
made := {
  "constants": ["text", "", "é", true, false, null, 0, -7, 1.50, 12345678901234567890, [], {}, set()],
  "counted": [count(input.items), count([]), sum([9007199254740993, 1]), 0 - 3, 1 / 3],
  "keyed": {1: "one", [2]: {"two"}, {3}: 3},
  "many": {item.name: i | some i, item in input.items},
  "set": {item | some item in input.items},
  "sprintf": [sprintf("%v|%v", [item, {1, 2}]) | some item in input.items],
}

undefined_one := input.nothing.there
`

let wasm: Uint8Array
let module: LoadedModule

beforeAll(async () => {
  const entrypoints = ['given', 'made', 'undefined_one'].map((name) => `stored/${name}`)
  const compiled = await compileRego([{ name: 'stored.rego', text: REGO }], { entrypoints })()
  if (isLeft(compiled)) throw new Error(JSON.stringify(compiled.left))
  wasm = compiled.right.module
  const loaded = loadModule(await WebAssembly.compile(wasm.slice()))
  if (isLeft(loaded)) throw new Error(JSON.stringify(loaded.left))
  module = loaded.right
})

const hostOf = ({ module, pages, known }: LoadedModule): Host => {
  const host = new Host({ initial: pages, maximum: 1_000 }, known, {
    supplied: {},
    own: {},
    seed: 0,
  })
  host.attach(new WebAssembly.Instance(module, host.imports()))
  return host
}

const instanceOf = (loaded: LoadedModule, maximumPages = 1_000): Instance => {
  const made = createInstance(loaded, {
    supplied: { sprintf: (_context, format, args) => `${String(format)} ${writeTerm(args ?? null)}` },
    own: {},
    seed: 0,
    dataText: '{}',
    maximumPages,
  })
  if (isLeft(made)) throw new Error(JSON.stringify(made.left))
  return made.right
}

const isDumped = <A>(reading: Reading<A>): void => {
  const host = hostOf(module)
  fc.assert(
    fc.property(anyValue, (value) => {
      const address = host.parse(writeTerm(value))
      expect(host.memory.read(address, reading)).toEqual(host.dumps.read(address, reading))
    }),
    { numRuns: 2_000 },
  )
}

describe('a value in memory', () => {
  it('is what the module dumps of it, exact', () => isDumped(EXACT))
  it('is what the module dumps of it, as written', () => isDumped(WRITTEN))
  it('is what the module dumps of it, as JSON', () => isDumped(JSON_READING))

  it.each<[string, RegoValue]>([
    ['a byte order mark', '\ufeffa'],
    ['a zero in a text', 'a\u0000b'],
    ['a text of 32 bytes, kept, and one of 33', ['x'.repeat(32), 'x'.repeat(33), 'x'.repeat(32)]],
    // Both look for the same kept text: of one length, with the same first, middle and last byte.
    ['texts that share a place', ['abcdefg', 'axcdxfg', 'abcdefg', 'axcdxfg']],
    ['characters of two bytes that are one byte of another text', ['é\u0080\u0080', '\u9000', 'é\u0080\u0080']],
    [
      'integers about the limit of a double',
      [2 ** 53 - 1, -(2 ** 53 - 1), 2n ** 53n + 1n, -(2n ** 53n) - 1n, 10n ** 40n],
    ],
    ['a key named as the prototype', JSON.parse('{"__proto__": {"a": 1}}') as RegoValue],
    ['a set of sets', new RegoSet([new RegoSet([]), new RegoSet([new RegoSet([1])])])],
    [
      'an object with other keys',
      new RegoMap([
        [null, 1],
        [[], 2],
        [{}, 3],
        [new RegoSet([]), 4],
      ]),
    ],
    ['a table that grew', Object.fromEntries(Array.from({ length: 1_000 }, (_, n) => [`key${n}`, n]))],
  ])('comes whole: %s', (_, value) => {
    const host = hostOf(module)
    expect(host.memory.read<RegoValue>(host.parse(writeTerm(value)), EXACT)).toEqual(readTerm(writeTerm(value), EXACT))
  })

  it('of a type that OPA does not have is a fault, not a value', () => {
    const host = hostOf(module)
    const address = host.exports.opa_malloc(16)
    host.text.bytes.fill(77, address, address + 16)
    expect(() => host.memory.read(address, EXACT)).toThrow('unknown type 77')
  })
})

describe('a module whose values stand otherwise', () => {
  it('is found out before anything is read', () => {
    const host = hostOf(module)
    expect(module.layout.readable).toBe(true)
    expect(isReadable(host)).toBe(true)
    const { dumps, memory } = host
    const changed = (read: <A>(address: number, reading: Reading<A>) => A): boolean =>
      isReadable({ exports: host.exports, parse: (text) => host.parse(text), dumps, memory: { read } })
    expect(changed((address, reading) => memory.read(address, reading))).toBe(true)
    expect(changed((address, reading) => memory.read(address + 4, reading))).toBe(false)
    expect(changed((_, reading) => reading.number('1'))).toBe(false)
    expect(
      changed(() => {
        throw new RangeError('an address that is none')
      }),
    ).toBe(false)
  })

  it('gives the same answers, read from what it dumps', () => {
    const [known, unknown] = [instanceOf(module), instanceOf({ ...module, layout: UNKNOWN_LAYOUT })]
    const items = Array.from({ length: 60 }, (_, n) => ({ name: `name-${n}`, n: [n, n / 7, 10n ** BigInt(n)] }))
    for (const entrypoint of Object.keys(module.entrypoints)) {
      for (const text of [writeTerm({ items }), '', 'null', '{1, {"a": set()}}']) {
        const input = { text }
        const values = [known.evaluateValue(entrypoint, input), known.evaluate(entrypoint, input)]
        expect(values).toEqual([unknown.evaluateValue(entrypoint, input), unknown.evaluate(entrypoint, input)])
        expect(known.results(entrypoint, input)).toEqual(unknown.results(entrypoint, input))
      }
    }
    // More memory than the reader's signed addresses reach.
    const large = instanceOf(module, 40_000)
    expect(large.evaluateValue('stored/made', { value: { items } })).toEqual(
      known.evaluateValue('stored/made', { value: { items } }),
    )
    expect(known.evaluateValue('stored/made', { value: { items } })).toMatchObject({
      right: { value: { counted: [60, 0, 9007199254740994n, -3, expect.anything()] } },
    })
  })
})

describe('a module that wrote over its own memory', () => {
  /** The same module with another key where its results have their value. */
  const harmed = async (): Promise<LoadedModule> => {
    const bytes = Buffer.from(wasm)
    // The only text that is this, and no name of an export.
    const key = bytes.indexOf('result\0', bytes.indexOf('opa_eval_ctx_get_result') + 30)
    expect(key).toBeGreaterThan(0)
    bytes.write('harmed', key)
    const read = loadModule(await WebAssembly.compile(bytes))
    if (isLeft(read)) throw new Error(JSON.stringify(read.left))
    return read.right
  }

  it.each([true, false])('is aborted, which does not read as "undefined"; read from memory: %s', async (readable) => {
    const instance = instanceOf({ ...(await harmed()), layout: { readable } })
    for (const evaluate of [instance.evaluate, instance.evaluateValue, instance.evaluateTerm]) {
      expect(evaluate('stored/given', { text: '1' })).toMatchObject({
        left: { code: 'policy-aborted', data: { reason: 'the result has no value' } },
      })
      expect(evaluate('stored/undefined_one', { text: '{}' })).toEqual({ _tag: 'Right', right: { diagnostics: [] } })
    }
  })

  it('takes the texts along that were read of it', () => {
    const { known } = module
    const instance = instanceOf({ ...module, known })
    known.constants.set(1, 'what stood there')
    expect(instance.evaluate('stored/given', { text: 'x'.repeat(5) })).toMatchObject({ _tag: 'Right' })
    expect(known.constants.has(1)).toBe(true)
    const broken = instanceOf({ ...module, known, entrypoints: { none: 99 } })
    expect(broken.evaluate('none', { text: '1' })).toMatchObject({ _tag: 'Left' })
    expect(known.constants.has(1)).toBe(false)
  })
})
