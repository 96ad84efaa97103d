import { describe, expect, it } from 'vitest'
import { Decimal } from '../../src/rego/number'
import { readWrittenJson } from '../../src/rego/written-json'

describe('readWrittenJson', () => {
  it('keeps numbers as they were written', () => {
    expect(readWrittenJson('[1, 1.0, 1e3, 12345678901234567890]')).toEqual([
      1,
      new Decimal('1.0'),
      new Decimal('1e3'),
      12345678901234567890n,
    ])
  })

  it('leaves white space and braces inside of strings alone', () => {
    expect(readWrittenJson(' { "a \\" b" :\n[ "c \\\\" , "{ }" ] } ')).toEqual({ 'a " b': ['c \\', '{ }'] })
  })

  it('reads half of a surrogate pair as Go does', () => {
    expect(readWrittenJson('["\\ud83d\\ude00", "\\ud83d"]')).toEqual(['\u{1f600}', '\ufffd'])
  })

  it('refuses what is no JSON', () => {
    expect(() => readWrittenJson('{1, 2}')).toThrow(SyntaxError)
  })
})
