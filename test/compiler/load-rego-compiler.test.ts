import { gunzipSync, gzipSync } from 'node:zlib'
import { isLeft } from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'
import { callBuiltin, checkRego, loadRegoCompiler, opaBuiltins } from '../../src/compiler/index'
import type { CompilerModule } from '../../src/compiler/module'
import { randomFrom } from '../../src/rego/random'
import { RegoMap, RegoSet, type RegoValue } from '../../src/rego/value'
import { done, loaded, rows, shippedModule } from './loaded'

const sound = [{ name: 'a.rego', text: 'package a\n\nx := 1\n' }]
/** Nested deeper than the host's stack is: the parser's recursion ends the module. */
const bottomless = [{ name: 'a.rego', text: `package a\n\nx := ${'['.repeat(200_000)}` }]

/** A whole module that is not the compiler: what it is refused for shows that it was read. */
const empty = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])
const packed = new Uint8Array(gzipSync(empty))

const reasonOf = async (module: CompilerModule): Promise<string> => {
  const compiler = await loadRegoCompiler({ module })()
  if (!isLeft(compiler)) throw new Error('it was loaded')
  expect(compiler.left.code).toBe('rego-compiler-unavailable')
  return compiler.left.message
}

describe('loadRegoCompiler', () => {
  it('takes a compiled module', async () => {
    const module = await WebAssembly.compile(gunzipSync(shippedModule()))
    const compiler = await loadRegoCompiler({ module })()
    if (isLeft(compiler)) throw new Error(compiler.left.message)
    done(await checkRego(sound, { compiler: compiler.right })())
  })

  it.each<[string, () => CompilerModule]>([
    ['bytes', () => empty],
    ['packed bytes', () => packed],
    ['a buffer', () => packed.slice().buffer],
    ['a response', () => new Response(empty)],
    ['a packed response', () => new Response(packed)],
    ['a response on its way', async () => new Response(packed)],
    ['a compiled module', () => new WebAssembly.Module(empty)],
  ])('reads %s, and refuses a module that is not the compiler', async (_, module) => {
    expect(await reasonOf(module())).toMatch(/exports other functions/)
  })

  it.each<[string, () => CompilerModule, RegExp]>([
    ['bytes of something else', () => new TextEncoder().encode('<html>'), /magic/],
    ['packed bytes that are cut off', () => packed.subarray(0, 20), /./],
    ['a response that failed', () => new Response('', { status: 404 }), /404/],
    ['a request that failed', () => Promise.reject(new TypeError('no network')), /no network/],
  ])('refuses %s', async (_, module, reason) => {
    expect(await reasonOf(module())).toMatch(reason)
  })
})

describe('a call that ends the module', () => {
  it('is a problem, and the next call works', async () => {
    const compiler = await loaded()
    expect(rows(await checkRego(bottomless, { compiler })())).toEqual([['rego-compiler-aborted']])
    done(await checkRego(sound, { compiler })())
  })

  it('is followed by a call that does not wait', async () => {
    const compiler = await loaded()
    await checkRego(bottomless, { compiler })()
    expect(done(callBuiltin(compiler, 'abs', ['-1']))).toBe('1')
  })

  it('does not disturb calls made at the same time', async () => {
    const compiler = await loaded()
    const results = await Promise.all(
      [sound, bottomless, sound, bottomless, sound].map((sources) => checkRego(sources, { compiler })()),
    )
    expect(results.map(isLeft)).toEqual([false, true, false, true, false])
  })
})

describe('callBuiltin', () => {
  it.each<[string, readonly string[], string]>([
    ['sprintf', ['"%v %q"', '[{2, 1}, "x"]'], '"{1, 2} \\"x\\""'],
    ['intersection', ['{{1, 2}, {2, 3}}'], '{2}'],
    ['plus', ['12345678901234567890', '1'], '12345678901234567891'],
    ['time.clock', ['[1700000000000000001, "Europe/Berlin"]'], '[23, 13, 20]'],
    ['opa.runtime', [], '{}'],
  ])('%s(%s) is what OPA says', async (name, terms, expected) => {
    expect(done(callBuiltin(await loaded(), name, terms))).toBe(expected)
  })

  it('takes time and randomness from the options', async () => {
    const compiler = await loaded()
    expect(done(callBuiltin(compiler, 'time.now_ns', [], { now: 1_700_000_000_000_000_001n }))).toBe(
      '1700000000000000001',
    )
    const drawn = [7, 7, 8].map((seed) => done(callBuiltin(compiler, 'uuid.rfc4122', ['"k"'], { seed })))
    expect(drawn[0]).toBe(drawn[1])
    expect(drawn[0]).not.toBe(drawn[2])
  })

  it.each([
    ['a call that fails', 'time.parse_rfc3339_ns', ['"x"'], 'eval_builtin_error'],
    ['a builtin that needs a network', 'http.send', ['{"url": "https://example.org"}'], 'rego_error'],
    ['a builtin that does not exist', 'no.such', [], 'rego_error'],
    ['too few arguments', 'sprintf', [], 'rego_error'],
  ])('refuses %s', async (_, name, terms, code) => {
    expect(rows(callBuiltin(await loaded(), name, terms)).map(([found]) => found)).toEqual([code])
  })
})

describe('opaBuiltins', () => {
  it('supplies what loadPolicy takes, in exact values', async () => {
    const builtins = opaBuiltins(await loaded(), ['regex.globs_match', 'strings.render_template', 'object.keys'])
    const call = (name: string, ...args: readonly RegoValue[]): RegoValue | undefined =>
      builtins[name]?.call({ random: randomFrom(0), memo: new Map() }, ...args)
    expect(call('regex.globs_match', 'a.*', 'ab')).toBe(true)
    expect(call('strings.render_template', '{{.x}}', { x: 'é' })).toBe('é')
    expect(call('object.keys', new RegoMap([[2n ** 64n, true]]))).toEqual(new RegoSet([2n ** 64n]))
    expect(() => call('strings.render_template', '{{', {})).toThrow(/unclosed action/)
  })
})
