import fc from 'fast-check'
import { isLeft } from 'fp-ts/Either'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { compileRego } from '../../src/compiler/index'
import type { Json } from '../../src/json'
import { loadPolicy, type Policy } from '../../src/node'
import { Host } from '../../src/rego/host'
import { type LoadedModule, loadModule } from '../../src/rego/loaded-module'
import { Decimal } from '../../src/rego/number'
import { EXACT } from '../../src/rego/term'
import { RegoMap, RegoSet, type RegoValue } from '../../src/rego/value'

const REGO = `package put

given := input

# Looks each key up by its hash, also by one that Rego makes and one that is not there.
members(value) := {key: [value[key], value[concat("", [key, ""])], object.get(value, concat("", [key, "?"]), "none")] | some key in object.keys(value)}

looked_up := [found | walk(input, [_, value]); is_object(value); found := members(value)]

# What the runtime makes of objects that it did not make itself.
changed := [made |
	walk(input, [_, value])
	is_object(value)
	made := [object.union(value, {"more": 1}), object.remove(value, ["a", "b"]), count(value), json.marshal(value)]
]

# Equal values are equal, wherever they come from.
equal_to_itself := [value | walk(input, [_, value]); {value, json.unmarshal(json.marshal(value))} == {value}]

longest := max([count(value) | walk(input, [_, value]); is_array(value)])

indices := [n | some n, _ in input]

told := [yaml.unmarshal(json.marshal(value)) | some value in input]
`

const ENTRYPOINTS = ['given', 'looked_up', 'changed', 'equal_to_itself', 'longest', 'indices', 'told'].map(
  (name) => `put/${name}`,
)
const [GIVEN = '', LOOKED_UP = '', CHANGED = ''] = ENTRYPOINTS

let wasm: Uint8Array
let module: LoadedModule
let policy: Policy

const right = <A>(
  made: { readonly _tag: 'Left'; readonly left: unknown } | { readonly _tag: 'Right'; right: A },
): A => {
  if (isLeft(made)) throw new Error(JSON.stringify(made.left))
  return made.right
}

/** A policy, one builtin of which is the host's own. */
const loaded = async (maximumPages = 16_384): Promise<Policy> =>
  right(
    await loadPolicy({
      wasm,
      maximumPages,
      builtins: { 'yaml.unmarshal': (text: Json) => JSON.parse(String(text)) as Json },
    })(),
  )

beforeAll(async () => {
  const compiled = await compileRego([{ name: 'put.rego', text: REGO }], { entrypoints: ENTRYPOINTS })()
  wasm = right(compiled).module
  module = right(loadModule(await WebAssembly.compile(wasm.slice())))
  policy = await loaded()
})

/** A host that writes. */
const writing = ({ module, pages, known, builtins, layout }: LoadedModule): Host => {
  const host = new Host({ initial: pages, maximum: 2_000 }, known, { supplied: {}, own: {}, seed: 0 })
  host.attach(new WebAssembly.Instance(module, host.imports()))
  host.serve(builtins, layout)
  host.load('{}')
  return host
}

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }).filter((made) => !/\p{Surrogate}/u.test(made)),
  fc.constantFrom('', 'a', 'é', '\ufeff', 'a\u0000b', '😀', 'x'.repeat(48), 'x'.repeat(49), `${'x'.repeat(47)}é`),
)
const number = fc.oneof(
  fc.maxSafeInteger(),
  fc.integer({ min: -300, max: 300 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 2 ** 31, -(2 ** 31), 2 ** 32, 2 ** 53, -(2 ** 53), 2 ** 63, 1e300, 5e-324, 0.1),
)
/** Few keys, so that objects have the same ones, in all orders. */
const key = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('a', 'b', 'ccc', 'é', '', '__proto__', 'constructor', '1', 'length') },
  text,
)
const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false),
    text,
    number,
    fc.array(tie('value'), { maxLength: 5 }),
    fc
      .array(fc.tuple(key, tie('value')), { maxLength: 6 })
      .map((entries): Json => JSON.parse(`{${entries.map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v)}`)}}`)),
  ),
})).value

/** The same few keys and values, in objects in objects of the same keys. */
const repetitive = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom<Json>(null, true, 0, 1, 64, 'x', '', 'long '.repeat(12)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc
      .tuple(fc.constantFrom(['a'], ['a', 'b'], ['b', 'a'], ['a', 'b', 'c']), tie('value'), tie('value'))
      .map(
        ([keys, first, second]): Json => Object.fromEntries(keys.map((name, n) => [name, n === 1 ? second : first])),
      ),
  ),
})).value

const large = (keys: number, prefix = 'key'): Record<string, Json> =>
  Object.fromEntries(Array.from({ length: keys }, (_, n) => [`${prefix}-${n}`, n]))

/** To write a table anew behind each value in it would take twice as long with each table around it. */
const nestedTables = (depth: number): Json =>
  depth === 0 ? 'end' : { first: nestedTables(depth - 1), ...large(32), last: [depth] }

describe('a value that is written into memory', () => {
  it('is what the module makes of its text', () => {
    const host = writing(module)
    const other = writing(module)
    fc.assert(
      fc.property(json, (value) => {
        const address = host.writeInput(value)
        // Integers beyond the safe ones are left to the module.
        if (address === undefined) return fc.pre(false)
        const parsed = other.readInput(JSON.stringify(value))
        expect(host.dumps.dump(address)).toBe(other.dumps.dump(parsed))
        expect(host.memory.read<RegoValue>(address, EXACT)).toEqual(other.memory.read<RegoValue>(parsed, EXACT))
      }),
      { numRuns: 3_000 },
    )
  })

  it('is what the module makes of its text where most of it is there already', () => {
    const host = writing(module)
    const other = writing(module)
    fc.assert(
      fc.property(repetitive, (value) => {
        const address = host.writeInput(value) ?? 0
        const parsed = other.readInput(JSON.stringify(value))
        expect(host.dumps.dump(address)).toBe(other.dumps.dump(parsed))
      }),
      { numRuns: 3_000 },
    )
  })

  it('stands once where it is equal to what stood there before', () => {
    const host = writing(module)
    const bytes = (value: Json): number => {
      const from = host.exports.opa_heap_ptr_get()
      host.writeInput(value)
      const to = host.exports.opa_heap_ptr_get()
      host.exports.opa_heap_ptr_set(from)
      return to - from
    }
    const item = (n: number): Json => ({
      kind: 'Pod',
      spec: { limits: { cpu: '1', memory: `${n}Mi` }, ready: true, port: 80 + n },
    })
    const one = bytes([item(0)])
    const same = bytes([item(0), item(0), item(0), item(0)]) - one
    const other = bytes([item(0), item(1), item(2), item(3)]) - one
    // An element of the list each; objects, their entries and texts as well.
    expect(same).toBe(3 * 8)
    expect(other).toBeGreaterThan(3 * 200)
  })

  it('is as it was after the policy made other values of it', () => {
    const host = writing(module)
    fc.assert(
      fc.property(json, (value) => {
        const address = host.writeInput(value)
        if (address === undefined) return fc.pre(false)
        const before = host.dumps.dump(address)
        host.evaluate(module.entrypoints[CHANGED] ?? 0, address)
        expect(host.dumps.dump(address)).toBe(before)
      }),
      { numRuns: 500 },
    )
  })

  it.each(ENTRYPOINTS)('is understood by a policy as its text is: %s', (entrypoint) => {
    fc.assert(
      fc.property(json, (input) => {
        expect(policy.evaluate({ entrypoint, input })).toEqual(policy.evaluateText(entrypoint, JSON.stringify(input)))
      }),
      { numRuns: 300 },
    )
  })

  it.each<[string, Json]>([
    ['an object of more keys than a shape has', { ...large(33), inside: { ...large(500), deeper: large(40) } }],
    ['arrays about the indices that all of them share', [63, 64, 65, 300].map((length) => Array(length).fill(length))],
    ['objects of one shape that differ late', [large(6), { ...large(6), 'key-5': '5' }, large(6), { ...large(6) }]],
    ['objects whose keys are a part of the others', [large(3), large(2), large(0), large(4), large(3)]],
    ['the same keys in another order', [{ a: 1, b: 2 }, JSON.parse('{"b": 1, "a": 2}'), { a: 1, b: 2 }]],
    ['tables in tables, at the first key and at the last', nestedTables(12)],
    ['the same values under other keys', [{ a: 1 }, { b: 1 }, { a: 1 }, { b: 2 }]],
    [
      'texts that are bytes of two and of four',
      ['é'.repeat(40), 'é'.repeat(60), '😀'.repeat(30), `${'x'.repeat(200)}😀`],
    ],
  ])('comes whole: %s', (_, input) => {
    for (const entrypoint of ENTRYPOINTS) {
      const answer = policy.evaluate({ entrypoint, input })
      expect(answer).toEqual(policy.evaluateText(entrypoint, JSON.stringify(input)))
      expect(answer).toMatchObject({ _tag: 'Right' })
    }
    expect(policy.evaluate({ entrypoint: GIVEN, input })).toEqual({
      _tag: 'Right',
      right: { value: input, diagnostics: [] },
    })
  })

  it('has no members that are undefined', () => {
    const input = [{ a: 1, b: undefined, c: { d: undefined } }, { a: 1, b: 2, c: {} }, { b: undefined }]
    const host = writing(module)
    expect(host.memory.read(host.writeInput(input as unknown as RegoValue) ?? 0, EXACT)).toEqual([
      { a: 1, c: {} },
      { a: 1, b: 2, c: {} },
      {},
    ])
    expect(policy.evaluate({ entrypoint: GIVEN, input: { a: 1, b: undefined } as unknown as RegoValue })).toEqual({
      _tag: 'Right',
      right: { value: { a: 1 }, diagnostics: [] },
    })
  })

  it('comes whole behind more keys and more shapes than are kept', async () => {
    const many = await loaded()
    const kept = { metadata: { name: 'a', labels: { app: 'web' } } }
    for (let n = 0; n < 60; n += 1) {
      const input = [kept, ...Array.from({ length: 100 }, (_, at) => ({ [`label-${n}-${at}`]: { app: at }, at: 'x' }))]
      expect(many.evaluate({ entrypoint: GIVEN, input })).toMatchObject({ right: { value: input } })
    }
    const [first] = right(many.evaluate({ entrypoint: LOOKED_UP, input: [kept, { 'never seen': 1 }] })).value as Json[]
    expect(first).toMatchObject({ metadata: [kept.metadata, kept.metadata, 'none'] })
    // A fresh instance has the keys too.
    const fresh = right(many.withData({ some: 'data' }))
    expect(fresh.evaluate({ entrypoint: GIVEN, input: [kept] })).toMatchObject({ right: { value: [kept] } })
  })

  it('is not held on to, nor kept from being changed', () => {
    const input = { list: [{ a: 1 }, { a: 1 }] }
    expect(policy.evaluate({ entrypoint: GIVEN, input })).toMatchObject({ right: { value: input } })
    ;(input.list[0] as { a: number }).a = 2
    expect(policy.evaluate({ entrypoint: GIVEN, input })).toMatchObject({
      right: { value: { list: [{ a: 2 }, { a: 1 }] } },
    })
  })

  it('takes the memory that it needs, and no more than there may be', async () => {
    const narrow = await loaded(100)
    const list = Array.from({ length: 60_000 }, (_, n) => ({ name: `name-${n}`, n }))
    expect(narrow.evaluate({ entrypoint: GIVEN, input: list })).toMatchObject({ left: { code: 'policy-memory' } })
    const few = list.slice(0, 1_000)
    expect(narrow.evaluate({ entrypoint: GIVEN, input: few })).toMatchObject({ right: { value: few } })
    expect(policy.evaluate({ entrypoint: GIVEN, input: list })).toMatchObject({ right: { value: list } })
    // A text is given 24 times its length where there is so much; it does with less.
    const some = list.slice(0, 10_000)
    const text = JSON.stringify(some)
    expect(text.length * 24).toBeGreaterThan(100 * 65_536)
    expect(narrow.evaluateText(GIVEN, text)).toMatchObject({ right: { value: some } })
    expect(narrow.evaluateText(GIVEN, JSON.stringify('x'.repeat(7_000_000)))).toMatchObject({
      left: { code: 'policy-memory' },
    })
  })
})

describe('the keys that all instances of a module know', () => {
  let stored: Policy

  beforeEach(async () => {
    const rego = 'package stored\n\nall := data.all\n\ngiven := input\n'
    const entrypoints = ['stored/all', 'stored/given']
    const compiled = right(await compileRego([{ name: 'stored.rego', text: rego }], { entrypoints })())
    stored = right(await loadPolicy({ wasm: compiled.module })())
  })

  const over = (all: Json): Policy => right(stored.withData({ all }))
  const objects = (count: number, key: string): Json =>
    Array.from({ length: count }, (_, n) => ({ [`${key}${'-'.repeat(n % 17)}${n}`]: n }))
  const gives = (policy: Policy, entrypoint: string, value: Json, input?: Json): void =>
    expect(policy.evaluate({ entrypoint, ...(input === undefined ? {} : { input }) })).toEqual({
      _tag: 'Right',
      right: { value, diagnostics: [] },
    })

  it('stand at one address in all instances, whatever the room for them', () => {
    const address = module.layout.written?.shapes.address ?? 0
    expect(address).toBeGreaterThan(0)
    const host = writing(module)
    for (const room of [4_096, 16_384, 65_536]) {
      expect(host.leaveRoom(room)).toBe(address)
      expect(host.exports.opa_heap_ptr_get()).toBeGreaterThanOrEqual(address + room)
      expect(host.text.byteLength).toBeGreaterThanOrEqual(address + room)
    }
    expect(right(policy.evaluate({ entrypoint: 'put/indices', input: [1, 2] })).value).toEqual([0, 1])
  })

  it('leave the data as it is when there come to be more', () => {
    const policy = over({ kept: [1, { a: 'text' }] })
    for (const count of [10, 100, 400, 1_000, 3_000]) {
      gives(policy, 'stored/given', objects(count, `of-${count}`), objects(count, `of-${count}`))
      gives(policy, 'stored/all', { kept: [1, { a: 'text' }] })
    }
  })

  it('are not taken for what stands in their place where there is room for few', () => {
    const few = over(objects(1_500, 'of-data'))
    gives(few, 'stored/all', objects(1_500, 'of-data'))
    const many = over(null)
    gives(many, 'stored/given', objects(2_000, 'of-input'), objects(2_000, 'of-input'))
    gives(few, 'stored/all', objects(1_500, 'of-data'))
    gives(few, 'stored/given', objects(1_500, 'of-input'), objects(1_500, 'of-input'))
    gives(few, 'stored/all', objects(1_500, 'of-data'))
  })

  it('may come to be more while others are written', () => {
    const policy = over(null)
    const input = [
      { 'before the others': 1 },
      {
        get inside() {
          gives(policy, 'stored/given', objects(200, 'while-written'), objects(200, 'while-written'))
          return objects(3, 'inside')
        },
      },
      { 'behind the others': 1 },
    ]
    gives(
      policy,
      'stored/given',
      [{ 'before the others': 1 }, { inside: objects(3, 'inside') }, { 'behind the others': 1 }],
      input,
    )
  })
})

describe('a value that has to go as text', () => {
  class Named {
    readonly name = 'a'
  }

  const unreadable = {
    get value(): never {
      throw new RangeError('it is locked')
    },
  }

  it.each<[string, unknown, unknown]>([
    ['an object without a prototype', Object.assign(Object.create(null), { a: 1 }), { a: 1 }],
    ['an object of a class', new Named(), { name: 'a' }],
    ['a date, which says what it is in JSON', { at: new Date(0) }, { at: '1970-01-01T00:00:00.000Z' }],
    ['a set', { set: new RegoSet([2, 1]) }, { set: [1, 2] }],
    ['keys of other kinds', [new RegoMap([[1, 'one']])], [{ 1: 'one' }]],
    ['an integer beyond a double', [2n ** 64n], [2 ** 64]],
    ['a decimal', [new Decimal('0.5000')], [0.5]],
    ['large doubles', [2 ** 53, 1e21, -1e300], [2 ** 53, 1e21, -1e300]],
    ['a text with half a character', 'a\ud800', 'a\ufffd'],
  ])('gives what it gave: %s', (_, input, value) => {
    const answer = policy.evaluate({ entrypoint: GIVEN, input: input as RegoValue })
    expect(answer).toEqual({ _tag: 'Right', right: { value, diagnostics: [] } })
  })

  it.each<[string, () => unknown]>([
    ['NaN', () => [Number.NaN]],
    ['an infinite number', () => ({ a: Number.POSITIVE_INFINITY })],
    ['nothing in a list', () => [undefined]],
    ['a hole in a list', () => new Array(2)],
    ['bytes', () => new Uint8Array(3)],
    ['what throws where it is looked at', () => [unreadable]],
    [
      'a circle',
      () => {
        const circle: unknown[] = []
        circle.push({ circle })
        return circle
      },
    ],
  ])('is refused where it is none: %s', (_, input) => {
    expect(policy.evaluate({ entrypoint: GIVEN, input: input() as RegoValue })).toMatchObject({
      left: { code: 'policy-input-malformed' },
    })
    expect(policy.evaluate({ entrypoint: GIVEN, input: 1 })).toMatchObject({ right: { value: 1 } })
  })

  it('may be nested deeply', () => {
    const nested = (depth: number): Json => (depth === 0 ? 'end' : { a: [nested(depth - 1)] })
    for (const depth of [200, 400]) {
      expect(policy.evaluate({ entrypoint: GIVEN, input: nested(depth) })).toMatchObject({
        right: { value: nested(depth) },
      })
    }
  })

  it('has only its own members where all objects were given one', () => {
    const input = { a: { b: 1 } }
    Object.defineProperty(Object.prototype, 'polluted', {
      value: 1,
      enumerable: true,
      configurable: true,
      writable: true,
    })
    try {
      expect(JSON.stringify(policy.evaluate({ entrypoint: GIVEN, input }))).toContain('"value":{"a":{"b":1}}')
    } finally {
      Reflect.deleteProperty(Object.prototype, 'polluted')
    }
  })
})

describe('what a builtin of the host gives', () => {
  it.each<[string, Json]>([
    ['texts', ['', 'a', 'é', 'x'.repeat(48), 'x'.repeat(49), 'é'.repeat(100), '\ud83d\ude00', `${'y'.repeat(5_000)}é`]],
    ['integers', [0, -1, 255, 2 ** 31, -(2 ** 40), 2 ** 53 - 1]],
    ['other numbers', [0.1, 1e300, 2 ** 60]],
    ['truth and nothing', [true, false, null]],
    ['lists and objects', [[], {}, [1, 'a'], { a: [null] }]],
  ])('reaches the policy: %s', (_, input) => {
    expect(policy.evaluate({ entrypoint: 'put/told', input })).toEqual({
      _tag: 'Right',
      right: { value: input, diagnostics: [] },
    })
  })
})

describe('a module that lays values out otherwise', () => {
  /** The same module with another factor in the hash of strings, which is all that the host cannot ask it for. */
  const rehashed = async (): Promise<LoadedModule> => {
    const bytes = Buffer.from(wasm)
    const factor = Buffer.from(leb(0x9e3779b97f4a7c15n), 'hex')
    const other = Buffer.from(leb(0x9e3779b97f4a7c13n), 'hex')
    let found = 0
    for (let at = bytes.indexOf(factor); at >= 0; at = bytes.indexOf(factor, at + 1)) {
      other.copy(bytes, at)
      found += 1
    }
    expect(found).toBeGreaterThan(0)
    return right(loadModule(await WebAssembly.compile(bytes)))
  }

  /** A constant of 64 bits as WebAssembly has it, signed, seven bits a byte. */
  const leb = (word: bigint): string => {
    let rest = BigInt.asIntN(64, word)
    const bytes: number[] = []
    for (;;) {
      const byte = Number(rest & 127n)
      rest >>= 7n
      const isLast = (rest === 0n && (byte & 64) === 0) || (rest === -1n && (byte & 64) !== 0)
      bytes.push(isLast ? byte : byte | 128)
      if (isLast) return Buffer.from(bytes).toString('hex')
    }
  }

  it('is found out, and gets texts', async () => {
    expect(module.layout.written).toBeDefined()
    const other = await rehashed()
    expect(other.layout).toEqual({ readable: true })
    const host = writing(other)
    expect(host.writeInput({ a: 1 })).toBeUndefined()
  })
})
