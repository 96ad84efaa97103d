import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cast } from '../../../src/rego/builtins/cast'
import { RegoSet, type RegoValue } from '../../../src/rego/value'
import { anyValue, ours, sameAsOpa } from './against-opa'

describe('cast', () => {
  it.each(Object.keys(cast))('%s is as OPA has it', (name) => sameAsOpa(cast, name, fc.tuple(anyValue)))

  it.each<[string, RegoValue, string]>([
    ['cast_array', new RegoSet([2, 1]), '[1, 2]'],
    ['cast_set', [2, 1, 2], '{1, 2}'],
    ['cast_string', 'a', '"a"'],
  ])('%s', (name, value, result) => {
    expect(ours(cast, name, [value])).toEqual({ result })
  })

  it.each<[string, RegoValue]>([
    ['cast_array', 'a'],
    ['cast_boolean', 0],
    ['cast_object', null],
  ])('%s refuses %j', (name, value) => {
    expect(ours(cast, name, [value])).toBe('undefined')
  })
})
