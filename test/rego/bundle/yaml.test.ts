import { describe, expect, it } from 'vitest'
import { readYamlWithin } from '../../../src/rego/bundle/yaml'

const LIMIT = 1_000

describe('readYamlWithin', () => {
  it.each([
    ['a: .inf', /no such number/],
    ['a: .NaN', /no such number/],
    ['~: a', /a key/],
    ['{a: 1}: b', /a key/],
    ['&k [a]: b\nc: {*k : d}', /a key/],
    ['a: !!int b', /!!int/],
    ['a: 1\n---\nb: [', /line 3/],
    ['% no directive', /directive/],
    ['a: "b', /quotes/],
    ['- *b', /an alias/],
  ])('refuses %j', (text, reason) => {
    expect(() => readYamlWithin(text, LIMIT)).toThrow(reason)
  })

  it.each([
    ['', null],
    ['\ufeffa: 1', { a: 1 }],
    ['a: |\n  b', { a: 'b' }],
    ['a: |\n  b\n', { a: 'b\n' }],
    ['1.5: a\n0.25: b', { '1.5': 'a', '0.25': 'b' }],
    ['9.4E5: a\n1.0: b', { '940000': 'a', '1': 'b' }],
    ['a: !!timestamp 2026-01-01', { a: '2026-01-01T00:00:00Z' }],
    ['a: !!set {b}', { a: { b: null } }],
    ['a: !own {b: !own 1}', { a: { b: '1' } }],
    ['a: &x [1]\nb: *x\nc: *x', { a: [1], b: [1], c: [1] }],
  ])('reads %j', (text, value) => {
    expect(readYamlWithin(text, LIMIT)).toEqual(value)
  })

  it('lets aliases expand up to the limit', () => {
    const text = `a: &a ${'x'.repeat(100)}\nb: [${Array.from({ length: 20 }, () => '*a').join(', ')}]\n`
    expect(() => readYamlWithin(text, 1_000)).toThrow(/limit/)
    expect(readYamlWithin(text, 10_000)).toMatchObject({ b: { length: 20 } })
  })
})
