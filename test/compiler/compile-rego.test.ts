import { loadPolicy } from '@open-policy-agent/opa-wasm'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkRego, compileRego, type RegoCompiler, type RegoSource } from '../../src/compiler/index'
import { done, loaded, rows } from './loaded'

let compiler: RegoCompiler

beforeAll(async () => {
  compiler = await loaded()
})

const one = (text: string): readonly RegoSource[] => [{ name: 'a.rego', text }]

const evaluated = async (module: Uint8Array<ArrayBuffer>, input: unknown, entrypoint = 0): Promise<unknown> =>
  (await loadPolicy(module)).evaluate(input, entrypoint)

describe('compileRego', () => {
  it('gives a module that answers', async () => {
    const text = 'package a\n\ngreeting := concat(" ", ["hello", input.name])\n\nsize := count(input.name)\n'
    const compiled = done(await compileRego(one(text), { entrypoints: ['a/greeting', 'a/size'], compiler })())
    expect(compiled.entrypoints).toEqual(['a/greeting', 'a/size'])
    expect(await evaluated(compiled.module, { name: 'you' })).toEqual([{ result: 'hello you' }])
    expect(await evaluated(compiled.module, { name: 'you' }, 1)).toEqual([{ result: 3 }])
  })

  it('gives the same bytes again, whatever the order of the sources', async () => {
    const sources = [
      {
        name: 'main.rego',
        text: 'package main\n\nimport data.lib\n\nx contains lib.double(n) if some n in input.list\n',
      },
      { name: 'lib.rego', text: 'package lib\n\ndouble(n) := n * 2\n' },
    ]
    const first = done(await compileRego(sources, { entrypoints: ['main/x'], compiler })())
    const second = done(await compileRego([...sources].reverse(), { entrypoints: ['main/x'], compiler })())
    expect(Buffer.from(second.module).equals(first.module)).toBe(true)
    expect(await evaluated(second.module, { list: [1, 2] })).toEqual([{ result: [2, 4] }])
  })

  it.each([0, 1, 2] as const)('keeps the meaning at optimization %i', async (optimization) => {
    const sources = [
      { name: 'a.rego', text: 'package a\n\nanswer := data.groups[input.group].value\n' },
      { name: 'b.rego', text: 'package groups.one\n\nvalue := 1 + 1\n' },
    ]
    const { module } = done(await compileRego(sources, { entrypoints: ['a/answer'], optimization, compiler })())
    expect(await evaluated(module, { group: 'one' })).toEqual([{ result: 2 }])
  })

  it('reads v0 where it is told to, and v1 else', async () => {
    const text = 'package a\n\nallow { input.ok }\n'
    const { module } = done(await compileRego(one(text), { entrypoints: ['a/allow'], regoVersion: 'v0', compiler })())
    expect(await evaluated(module, { ok: true })).toEqual([{ result: true }])
    expect(rows(await compileRego(one(text), { entrypoints: ['a/allow'], compiler })())).toEqual([
      ['rego_parse_error', 'a.rego', 3, 1, 3, 19],
    ])
  })

  it('tells every error of every source, with its place', async () => {
    const sources = [
      { name: 'first.rego', text: 'package a\n\nx := {\n' },
      { name: 'second.rego', text: 'package b\n\ny contains 1 if if\n' },
    ]
    const found = rows(await compileRego(sources, { entrypoints: ['a/x'], compiler })())
    expect([...new Set(found.map(([, source]) => source))]).toEqual(['first.rego', 'second.rego'])
    expect(new Set(found.map(([code]) => code))).toEqual(new Set(['rego_parse_error']))
  })

  it.each([
    ['an entrypoint that no rule defines', { entrypoints: ['a/nothing'] }],
    ['no entrypoint', { entrypoints: [] }],
    [
      'a builtin outside the capabilities',
      { entrypoints: ['a/x'], capabilities: { builtins: [], features: ['rego_v1'] } },
    ],
  ])('refuses %s', async (_, options) => {
    const [[code] = []] = rows(await compileRego(one('package a\n\nx := abs(-1)\n'), { ...options, compiler })())
    expect(code).toMatch(/^rego_/)
  })

  it('refuses two sources of one name', async () => {
    const sources = [...one('package a\n\nx := 1\n'), ...one('package b\n\nx := 1\n')]
    expect(rows(await compileRego(sources, { entrypoints: ['a/x'], compiler })())).toEqual([['rego_error']])
  })

  it('uses the compiler of the package where none is given', async () => {
    const compiled = done(await compileRego(one('package a\n\nx := 1\n'), { entrypoints: ['a/x'] })())
    expect(await evaluated(compiled.module, {})).toEqual([{ result: 1 }])
  })
})

describe('checkRego', () => {
  it('accepts what is well-formed', async () => {
    expect(done(await checkRego(one('package a\n\nx := 1\n'), { compiler })())).toBeUndefined()
  })

  it.each<[string, string, readonly (readonly (string | number)[])[]]>([
    ['a syntax error', 'package a\n\nx := 1 1\n', [['rego_parse_error', 'a.rego', 3, 8, 3, 9]]],
    ['a type error', 'package a\n\nx := "a" + 1\n', [['rego_type_error', 'a.rego', 3, 6, 3, 13]]],
    [
      'every unsafe variable',
      'package a\n\nx if y\n\nz if w\n',
      [
        ['rego_unsafe_var_error', 'a.rego', 3, 6, 3, 7],
        ['rego_unsafe_var_error', 'a.rego', 5, 6, 5, 7],
      ],
    ],
    [
      'METADATA that is no YAML',
      'package a\n\n# METADATA\n# title: [\nx := 1\n',
      [['rego_parse_error', 'a.rego', 4, 1, 4, 11]],
    ],
    ['an empty file', '', [['rego_parse_error', 'a.rego', 1, 1, 1, 1]]],
    [
      'an import that is not used, which is strict',
      'package a\n\nimport data.b\n',
      [['rego_compile_error', 'a.rego', 3, 1, 3, 7]],
    ],
  ])('places %s', async (_, text, expected) => {
    expect(rows(await checkRego(one(text), { compiler })())).toEqual(expected)
  })

  it('counts columns in UTF-16 units', async () => {
    expect(rows(await checkRego(one('package a\n\nx := ["é𝒳", y]\n'), { compiler })())).toEqual([
      ['rego_unsafe_var_error', 'a.rego', 3, 14, 3, 15],
    ])
  })

  it('names the types that clash', async () => {
    const result = await checkRego(one('package a\n\nx := "a" + 1\n'), { compiler })()
    expect(result).toMatchObject({ left: [{ data: { reason: expect.stringContaining('have: (string, number') } }] })
  })

  it('passes over what only strict refuses', async () => {
    done(await checkRego(one('package a\n\nimport data.b\n'), { strict: false, compiler })())
  })
})
