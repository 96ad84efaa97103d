import { loadPolicy } from '@open-policy-agent/opa-wasm'
import { beforeAll, describe, expect, it } from 'vitest'
import { callBuiltin, checkRego, compileRego, type RegoCompiler, type RegoSource } from '../../src/compiler/index'
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

  it('has the tables of regular expressions only where there are any', async () => {
    const rules = ['x := upper(input)', 'y := lower(input)']
    const policies = [
      rules,
      [...rules, 'z if regex.match(`^(?i)\\p{Greek}+$`, input)', 'g if glob.match("{Ω,a}*", [], input)'],
    ]
    const modules = await Promise.all(
      policies.map(async (lines) => {
        const entrypoints = lines.map((line) => `a/${line.charAt(0)}`)
        return done(await compileRego(one(`package a\n\n${lines.join('\n\n')}\n`), { entrypoints, compiler })()).module
      }),
    )
    const [without = new Uint8Array(), having = new Uint8Array()] = modules
    expect(having.length - without.length).toBeGreaterThan(39_820)
    expect(await evaluated(having, 'Ωμέγα', 2)).toEqual([{ result: true }])
    expect(await evaluated(having, 'omega', 2)).toEqual([])
    expect(await evaluated(having, 'Ωμέγα', 3)).toEqual([{ result: true }])
    // All of Unicode that is no half of a character, in pieces. OPA's parser of terms takes no byte order mark.
    for (let start = 0; start < 0x110000; start += 0x4000) {
      const codes = Array.from({ length: 0x4000 }, (_, n) => start + n).filter((code) => code < 0xd800 || code > 0xdfff)
      const text = codes.map((code) => String.fromCodePoint(code)).join('')
      for (const [entrypoint, name] of ['upper', 'lower'].entries()) {
        const opas = done(callBuiltin(compiler, name, [JSON.stringify(text).replace('\ufeff', '\\ufeff')]))
        expect(await evaluated(without, text, entrypoint)).toEqual([{ result: JSON.parse(String(opas)) }])
      }
    }
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
    [
      'a builtin outside the capabilities',
      { entrypoints: ['a/x'], capabilities: { builtins: [], features: ['rego_v1'] } },
    ],
  ])('refuses %s', async (_, options) => {
    const [[code] = []] = rows(await compileRego(one('package a\n\nx := abs(-1)\n'), { ...options, compiler })())
    expect(code).toMatch(/^rego_/)
  })

  it('reads each source in its own version', async () => {
    const sources: readonly RegoSource[] = [
      { name: 'old.rego', text: 'package old\n\nok { input.x }\n', regoVersion: 'v0' },
      { name: 'new.rego', text: 'package new\n\nallow if data.old.ok\n' },
    ]
    for (const optimization of [0, 2] as const) {
      const { module } = done(await compileRego(sources, { entrypoints: ['new/allow'], optimization, compiler })())
      expect(await evaluated(module, { x: 1 })).toEqual([{ result: true }])
    }
    expect(rows(await compileRego(sources, { entrypoints: ['new/allow'], regoVersion: 'v0', compiler })())).toEqual([
      ['rego_parse_error', 'new.rego', 3, 1, 3, 6],
      ['rego_parse_error', 'new.rego', 3, 7, 3, 9],
    ])
  })

  it('reads v0 with rego.v1 imported as v1', async () => {
    const text = 'package a\n\nimport rego.v1\n\nallow if input.ok\n'
    const options = { entrypoints: ['a/allow'], regoVersion: 'v0', compiler } as const
    expect(await evaluated(done(await compileRego(one(text), options)()).module, { ok: true })).toEqual([
      { result: true },
    ])
  })

  it('tells all errors, though the build stops at the tenth', async () => {
    const text = `package a\n\n${Array.from({ length: 25 }, (_, at) => `x${at} := y${at}\n`).join('')}`
    const found = rows(await compileRego(one(text), { entrypoints: ['a/x0'], compiler })())
    expect(found).toHaveLength(25)
    expect(found.at(-1)).toEqual(['rego_unsafe_var_error', 'a.rego', 27, 8, 27, 11])
  })

  it('is strict where it is told to be', async () => {
    const text = 'package a\n\nimport data.b\n\nx := 1\n'
    done(await compileRego(one(text), { entrypoints: ['a/x'], compiler })())
    expect(rows(await compileRego(one(text), { entrypoints: ['a/x'], strict: true, compiler })())).toEqual([
      ['rego_compile_error', 'a.rego', 3, 1, 3, 7],
    ])
  })

  it('gives the optimiser the documents, and the caller all of them merged', async () => {
    const compiled = done(
      await compileRego(one('package a\n\nleast := data.limits.low + input.more\n'), {
        entrypoints: ['a/least'],
        optimization: 2,
        data: { limits: { high: 9 } },
        dataSources: [{ name: 'limits/data.yaml', text: 'low: 0644\n' }],
        compiler,
      })(),
    )
    expect(compiled.data).toEqual({ limits: { high: 9, low: 420 } })
    expect(await evaluated(compiled.module, { more: 1 })).toEqual([{ result: 421 }])
  })

  it('refuses a rule that stands where data does', async () => {
    const options = { entrypoints: ['a/x'], dataSources: [{ name: 'a/data.json', text: '{"x": 2}' }], compiler }
    expect(rows(await compileRego(one('package a\n\nx := 1\n'), options)())).toEqual([
      ['rego_compile_error', 'a.rego', 3, 1, 3, 7],
    ])
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

describe('entrypoints', () => {
  const annotated = `# METADATA
# title: Who may
# description: All of it.
# entrypoint: true
# related_resources:
#   - ref: https://example.org/who
# custom:
#   level: 3
package authz

# METADATA
# scope: document
# title: Whether
# entrypoint: true
allow if input.ok

# METADATA
# title: No entrypoint
other := 1
`
  const plain = one('package a\n\nx := 1\n')

  it('are those that METADATA declares, with what it says of them', async () => {
    const compiled = done(await compileRego(one(annotated), { compiler })())
    expect(compiled.entrypoints).toEqual(['authz', 'authz/allow'])
    expect(compiled.annotations).toMatchObject({
      authz: [
        {
          scope: 'package',
          title: 'Who may',
          description: 'All of it.',
          entrypoint: true,
          relatedResources: [{ ref: 'https://example.org/who' }],
          custom: { level: 3 },
          location: { source: 'a.rego', start: { line: 1, column: 1 } },
        },
      ],
      'authz/allow': [{ scope: 'document', title: 'Whether', path: ['authz', 'allow'] }],
    })
    expect(await evaluated(compiled.module, { ok: true }, 1)).toEqual([{ result: true }])
  })

  it('are those given, and no others, where some are given', async () => {
    const compiled = done(await compileRego(one(annotated), { entrypoints: ['authz/other'], compiler })())
    expect(compiled.entrypoints).toEqual(['authz/other'])
    expect(compiled.annotations['authz/other']).toMatchObject([{ title: 'No entrypoint', entrypoint: false }])
  })

  it('have no METADATA where there is none', async () => {
    expect(done(await compileRego(plain, { entrypoints: ['a/x'], compiler })()).annotations).toEqual({ 'a/x': [] })
  })

  it('keep a slash in a name apart from those between names', async () => {
    const text = '# METADATA\n# title: Odd\n# entrypoint: true\npackage a["b/c"]\n\nx := 1\n'
    const compiled = done(await compileRego(one(text), { compiler })())
    expect(compiled.entrypoints).toEqual(['a/b%2Fc'])
    expect(compiled.annotations['a/b%2Fc']).toMatchObject([{ title: 'Odd' }])
  })

  it.each([
    ['none is given nor annotated', {}],
    ['an empty list is given', { entrypoints: [] }],
  ])('are a problem of their own where %s', async (_, options) => {
    expect(await compileRego(plain, { ...options, compiler })()).toMatchObject({
      left: [{ code: 'rego-no-entrypoint', data: {} }],
    })
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

  it('refuses a rule that stands where data does', async () => {
    const sources = one('package a.b\n\nx := 1\n')
    expect(rows(await checkRego(sources, { data: { a: { b: { x: 2 } } }, compiler })())).toEqual([
      ['rego_compile_error', 'a.rego', 3, 1, 3, 7],
    ])
    done(await checkRego(sources, { data: { a: { b: { y: 2 } } }, compiler })())
  })

  const pod = { type: 'object', properties: { name: { type: 'string' } }, additionalProperties: false }

  it('holds references to input against its schema', async () => {
    expect(rows(await checkRego(one('package a\n\nx := input.nmae\n'), { inputSchema: pod, compiler })())).toEqual([
      ['rego_type_error', 'a.rego', 3, 6, 3, 11],
    ])
    done(await checkRego(one('package a\n\nx := input.name\n'), { inputSchema: pod, compiler })())
  })

  it('knows the schemas that METADATA names', async () => {
    const text = 'package a\n\n# METADATA\n# schemas:\n#   - input: schema.k8s.pod\nx := input.nmae\n'
    expect(rows(await checkRego(one(text), { schemas: { 'k8s/pod': pod }, compiler })())).toEqual([
      ['rego_type_error', 'a.rego', 6, 6, 6, 11],
    ])
    expect(rows(await checkRego(one(text), { compiler })())[0]?.[0]).toBe('rego_type_error')
  })
})
