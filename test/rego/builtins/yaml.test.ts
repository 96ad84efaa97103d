import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { yaml } from '../../../src/rego/builtins/yaml'
import { mostly, ours, sameAsOpa } from './against-opa'
import { yamlText } from './yaml-texts'

const read = (text: string) => ours(yaml, 'yaml.unmarshal', [text])

describe('yaml.unmarshal', () => {
  it.each([
    ['words', 'a: yes\nb: true\nc: ~', '{"a": "yes", "b": true, "c": null}'],
    [
      'numbers',
      '[0644, 0x1F, 1_000, 1e3, -0.0, 9223372036854775808]',
      '[420, 31, 1000, 1000, -0, 9223372036854775808]',
    ],
    ['dates', 'a: 2026-01-01', '{"a": "2026-01-01"}'],
    ['keys that are no texts', '1: a\ntrue: b\n2.50: c', '{"1": "a", "2.5": "c", "true": "b"}'],
    ['equal keys', 'a: 1\nb: 2\na: 3', '{"a": 3, "b": 2}'],
    ['merges', 'x: &x {a: 1, b: 2}\ny:\n  <<: *x\n  a: 3', '{"x": {"a": 1, "b": 2}, "y": {"a": 3, "b": 2}}'],
    ['blocks', '|-\n  a\n   b\n\n', '"a\\n b"'],
    ['the first of several documents', 'a\n---\nb', '"a"'],
    ['nothing', '# c', 'null'],
  ])('reads %s', (_, text, expected) => {
    expect(read(text)).toEqual({ result: expected })
  })

  it.each(['a: b: c', '[a', '*a', 'a\n---\n]', '\ta: 1', '? [a]\n: b', '.nan', '%YAML 1.2\n---\na'])(
    'is undefined for %j',
    (text) => {
      expect(read(text)).toBe('undefined')
    },
  )

  it('takes a nesting that is too deep for an error', () => {
    expect(read('['.repeat(20_000))).toBe('undefined')
  })

  it('stops where aliases multiply', () => {
    const lines = Array.from({ length: 9 }, (_, at) => `a${at + 1}: &a${at + 1} [${Array(9).fill(`*a${at}`).join()}]`)
    expect(read(['a0: &a0 [x]', ...lines].join('\n'))).toBe('undefined')
  })

  it('agrees with OPA', async () => {
    await sameAsOpa(yaml, 'yaml.unmarshal', mostly(yamlText), 8_000)
  })
})

describe('yaml.is_valid', () => {
  it('agrees with OPA', async () => {
    await sameAsOpa(yaml, 'yaml.is_valid', mostly(fc.oneof(yamlText, fc.json(), fc.string())), 3_000)
  })
})
