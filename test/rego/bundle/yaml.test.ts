import { describe, expect, it } from 'vitest'
import { readYaml } from '../../../src/rego/bundle/yaml'

const LIMIT = 1_000

describe('readYaml', () => {
  it.each([
    ['a: .inf', /\.inf/],
    ['a: .NaN', /\.NaN/],
    ['9.4E5: a', /a key/],
    ['1.0: a', /a key/],
    ['~: a', /a key/],
    ['{a: 1}: b', /a key/],
    ['&k [a]: b\nc: {*k : d}', /a key/],
    ['a: !!int b', /!!int/],
    ['a: !!timestamp 2026-01-01', /!!timestamp/],
    ['a: !!set {b}', /set/],
    ['a: 1\n---\nb: [', /./],
    ['% no directive', /./],
    ['a: "b', /./],
    ['- *b', /./],
  ])('refuses %j', (text, reason) => {
    expect(() => readYaml(text, LIMIT)).toThrow(reason)
  })

  it.each([
    ['', null],
    ['\ufeffa: 1', { a: 1 }],
    ['a: |\n  b', { a: 'b' }],
    ['a: |\n  b\n', { a: 'b\n' }],
    ['1.5: a\n0.25: b', { '1.5': 'a', '0.25': 'b' }],
    ['a: !own {b: !own 1}', { a: { b: '1' } }],
    ['a: &x [1]\nb: *x\nc: *x', { a: [1], b: [1], c: [1] }],
  ])('reads %j', (text, value) => {
    expect(readYaml(text, LIMIT)).toEqual(value)
  })

  it('lets aliases expand up to the limit', () => {
    const text = `a: &a ${'x'.repeat(100)}\nb: [${Array.from({ length: 20 }, () => '*a').join(', ')}]\n`
    expect(() => readYaml(text, 1_000)).toThrow(/limit/)
    expect(readYaml(text, 10_000)).toMatchObject({ b: { length: 20 } })
  })
})
