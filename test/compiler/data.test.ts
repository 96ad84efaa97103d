import { beforeAll, describe, expect, it } from 'vitest'
import { mergeData, type RegoCompiler, testRego } from '../../src/compiler/index'
import { done, loaded, rows } from './loaded'

let compiler: RegoCompiler

beforeAll(async () => {
  compiler = await loaded()
})

describe('mergeData', () => {
  it('puts each document at the folders of its name, or where it is told to', async () => {
    const dataSources = [
      { name: 'a/b/data.yaml', text: 'x: 1\n' },
      { name: './a/data.json', text: '{"b": {"y": [2]}, "c": null}' },
      { name: 'data.yml', text: 'top: true\n' },
      { name: 'elsewhere/teams/data.json', text: '["blue"]', path: ['teams'] },
    ]
    expect(done(await mergeData({ dataSources, data: { a: { z: 3 } }, compiler })())).toEqual({
      a: { b: { x: 1, y: [2] }, c: null, z: 3 },
      top: true,
      teams: ['blue'],
    })
  })

  it('reads YAML as OPA does', async () => {
    const dataSources = [{ name: 'data.yaml', text: 'a: yes\nb: 0644\nc: 2026-01-01\nd: &x {e: 1}\nf: *x\n' }]
    expect(done(await mergeData({ dataSources, compiler })())).toEqual({
      a: 'yes',
      b: 420,
      c: expect.stringContaining('2026-01-01'),
      d: { e: 1 },
      f: { e: 1 },
    })
  })

  it('is empty where nothing is given', async () => {
    expect(done(await mergeData({ compiler })())).toEqual({})
  })

  it('names both documents that define one place', async () => {
    const dataSources = [
      { name: 'a/data.yaml', text: 'b: {c: 1}\n' },
      { name: 'a/b/data.json', text: '{"d": 1}' },
      { name: 'a/b/more.json', text: '{"c": 2}' },
      { name: 'option/data.yaml', text: '{}' },
    ]
    expect(await mergeData({ dataSources, data: { option: 1 }, compiler })()).toMatchObject({
      left: [
        {
          code: 'rego-data-conflict',
          data: { path: 'data.a.b.c', first: 'a/data.yaml', second: 'a/b/more.json' },
          message: 'data.a.b.c is defined in a/data.yaml and in a/b/more.json',
        },
        { code: 'rego-data-conflict', data: { path: 'data.option', second: 'option/data.yaml' } },
      ],
    })
  })

  it('takes equal values for a conflict too, as OPA does', async () => {
    const text = '{"x": 1}'
    const dataSources = ['one.json', 'two.json'].map((name) => ({ name, text }))
    expect(await mergeData({ dataSources, compiler })()).toMatchObject({ left: [{ code: 'rego-data-conflict' }] })
  })

  it.each([
    ['YAML', 'a/data.yaml', 'x: 1\n y: 2\n', 2],
    ['JSON', 'a/data.json', '{\n"x": 1,\n}', 3],
    ['JSON that ends too early', 'a/data.json', '{\n"x": [\n', 2],
    ['an empty file', 'a/data.json', '', 1],
    ['a folder outside', '../a/data.yaml', 'x: 1\n', 1],
    ['a root that is no object', 'data.yaml', '- 1\n', 1],
  ])('places what is wrong with %s', async (_, name, text, line) => {
    expect(rows(await mergeData({ dataSources: [{ name, text }], compiler })())).toEqual([
      ['rego_data_error', name, line, 1, line, 1],
    ])
  })

  it('keeps every digit on the way to the tests', async () => {
    const sources = [{ name: 'a.rego', text: 'package a\n\ntest_n if data.n - 1 == 12345678901234567889\n' }]
    const dataSources = [{ name: 'data.yaml', text: 'n: 12345678901234567890\n' }]
    expect(done(await testRego(sources, { dataSources, compiler })()).ok).toBe(true)
  })
})
