import { isLeft, isRight } from 'fp-ts/Either'
import * as t from 'io-ts'
import { beforeAll, describe, expect, it } from 'vitest'
import { compileRego } from '../../src/compiler/index'
import type { Builtins } from '../../src/rego/builtin'
import { type LoadPolicyOptions, loadPolicy, type Policy } from '../../src/rego/policy'
import { definePolicy } from '../../src/rego/typed-policy'
import { withOtherAbi } from './other-abi'

const compiled = async (text: string, entrypoints: readonly string[]): Promise<Uint8Array> => {
  const result = await compileRego([{ name: 'test.rego', text }], { entrypoints })()
  if (isLeft(result)) throw new Error(result.left.map(({ message }) => message).join('\n'))
  return result.right.module
}

const loaded = async (wasm: Uint8Array, options: Omit<LoadPolicyOptions, 'wasm'> = {}): Promise<Policy> => {
  const result = await loadPolicy({ wasm, ...options })()
  if (isLeft(result)) throw new Error(result.left.message)
  return result.right
}

const REGO = `package shop

echo := input
limit := data.limit
total := sum([line.price | some line in input.lines])
when := time.parse_rfc3339_ns(input.when)
late if when > 0
text := sprintf("%q %d %v %s %x %.2f %t", input.values)

grow := count([n | some n in numbers.range(1, input.n)])
fails := x if x := {"a": 1, "b": 2}[input.key]
`

let wasm: Uint8Array
let policy: Policy

beforeAll(async () => {
  wasm = await compiled(REGO, [
    'shop/echo',
    'shop/limit',
    'shop/total',
    'shop/when',
    'shop/late',
    'shop/text',
    'shop/grow',
    'shop/fails',
  ])
  policy = await loaded(wasm, { data: { limit: 3 } })
})

const value = (entrypoint: string, input?: Parameters<Policy['evaluate']>[0]['input']) => {
  const result = policy.evaluate(input === undefined ? { entrypoint } : { entrypoint, input })
  if (isLeft(result)) throw new Error(result.left.message)
  return result.right
}

describe('evaluate', () => {
  it.each([null, false, 0, '', [], {}, 'text', { deep: [{ a: 'ü€😀' }] }])('takes %j as the input it is', (input) => {
    expect(value('shop/echo', input).value).toEqual(input)
  })

  it('reads data, and other data with withData', () => {
    expect(value('shop/limit').value).toBe(3)
    const other = policy.withData({ limit: 9 })
    if (isLeft(other)) throw new Error(other.left.message)
    const answer = other.right.evaluate({ entrypoint: 'shop/limit' })
    expect(isRight(answer) && answer.right.value).toBe(9)
    expect(value('shop/limit').value).toBe(3)
  })

  it('leaves the value out where the rule is undefined', () => {
    expect(value('shop/fails', { key: 'absent' })).toEqual({ diagnostics: [] })
  })

  it('supplies the builtins that the module asks for', () => {
    expect(value('shop/when', { when: '2026-05-01T00:00:00+02:00' }).value).toBe(
      Date.parse('2026-04-30T22:00:00Z') * 1e6,
    )
    expect(value('shop/text', { values: ['a"b', 7, ['x', 1], 'plain', 'hi', 1.5, true] }).value).toBe(
      '"a\\"b" 7 ["x", 1] plain 6869 1.50 %!t(string=true)',
    )
  })

  it('makes a failing builtin undefined, with a diagnostic', () => {
    const answer = value('shop/late', { when: 'tomorrow' })
    expect(answer.value).toBeUndefined()
    expect(answer.diagnostics.map(({ code, data }) => [code, data])).toEqual([
      [
        'policy-builtin-failed',
        { builtin: 'time.parse_rfc3339_ns', reason: 'the text is not a date and time as RFC 3339 writes it' },
      ],
    ])
  })

  it('leaves the answer before as it was when a builtin fails after it', () => {
    const before = value('shop/late', { when: '2026-05-01T00:00:00Z' })
    value('shop/late', { when: 'tomorrow' })
    expect(before).toEqual({ value: true, diagnostics: [] })
  })

  it('makes a failing builtin an error when strict', async () => {
    const strict = await loaded(wasm, { strict: true })
    const answer = strict.evaluate({ entrypoint: 'shop/late', input: { when: 'tomorrow' } })
    expect(isLeft(answer) && answer.left.code).toBe('policy-builtin-failed')
  })

  it('names the entrypoints when asked for another', () => {
    const answer = policy.evaluate({ entrypoint: 'shop/nothing' })
    expect(isLeft(answer) && answer.left.code).toBe('policy-entrypoint-unknown')
  })

  it('refuses an input that is not JSON', () => {
    const bytes = new Uint8Array([1, 2]) as unknown as null
    const answer = policy.evaluate({ entrypoint: 'shop/echo', input: bytes })
    expect(isLeft(answer) && answer.left.code).toBe('policy-input-malformed')
  })

  it('stops at its memory limit, and the next evaluation works', async () => {
    const small = await loaded(wasm, { maximumPages: 64 })
    const answer = small.evaluate({ entrypoint: 'shop/grow', input: { n: 5_000_000 } })
    expect(isLeft(answer) && answer.left.code).toBe('policy-memory')
    const next = small.evaluate({ entrypoint: 'shop/grow', input: { n: 10 } })
    expect(isRight(next) && next.right.value).toBe(10)
  })
})

describe('loadPolicy', () => {
  it.each<[string, Uint8Array, string]>([
    ['no bytes', new Uint8Array(), 'policy-not-wasm'],
    ['text', new TextEncoder().encode('package a'), 'policy-not-wasm'],
    ['a page', new TextEncoder().encode('<!doctype html>'), 'policy-not-wasm'],
    ['an empty module', new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]), 'policy-not-wasm'],
  ])('refuses %s', async (_, bytes, code) => {
    const result = await loadPolicy({ wasm: bytes })()
    expect(isLeft(result) && result.left.code).toBe(code)
  })

  it('refuses a truncated module', async () => {
    const result = await loadPolicy({ wasm: wasm.slice(0, wasm.length / 2) })()
    expect(isLeft(result) && result.left.code).toBe('policy-not-wasm')
  })

  it('refuses another ABI by its number', async () => {
    const other = withOtherAbi(wasm)
    const result = await loadPolicy({ wasm: other })()
    expect(isLeft(result) && [result.left.code, result.left.data]).toEqual([
      'policy-abi',
      { found: '2.3', supported: '1.2 or 1.3' },
    ])
  })

  it('names the builtins that exist nowhere here', async () => {
    const asking = await compiled('package a\n\nb := http.send({"method": "get", "url": input.url})', ['a/b'])
    const result = await loadPolicy({ wasm: asking })()
    expect(isLeft(result) && result.left.data).toEqual({ builtins: ['http.send'] })
  })

  it('lets builtins of the caller win', async () => {
    const builtins: Builtins = { sprintf: () => 'mine' }
    const own = await loaded(wasm, { builtins })
    const answer = own.evaluate({ entrypoint: 'shop/text', input: { values: [] } })
    expect(isRight(answer) && answer.right.value).toBe('mine')
  })

  it('takes an ArrayBuffer, a Module and a Response', async () => {
    const buffer = wasm.slice().buffer
    const module = await WebAssembly.compile(wasm.slice())
    for (const source of [buffer, module, new Response(buffer), Promise.resolve(new Response(buffer))]) {
      const result = await loadPolicy({ wasm: source })()
      expect(isRight(result)).toBe(true)
    }
  })
})

describe('definePolicy', () => {
  const input = t.type({ lines: t.array(t.type({ price: t.number })) })

  it('is a typed function', () => {
    const total = definePolicy({ policy, entrypoint: 'shop/total', input, output: t.number })
    const answer = total({ lines: [{ price: 2 }, { price: 3 }] })
    expect(isRight(answer) && answer.right).toBe(5)
  })

  it('says where a result does not fit', () => {
    const wrong = definePolicy({ policy, entrypoint: 'shop/echo', input, output: t.type({ lines: t.array(t.string) }) })
    const answer = wrong({ lines: [{ price: 2 }] })
    expect(isLeft(answer) && answer.left.data).toEqual({ path: 'lines[0]', expected: 'string' })
  })
})
