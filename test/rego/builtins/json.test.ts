import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { json } from '../../../src/rego/builtins/json'
import { Decimal } from '../../../src/rego/number'
import { isRegoArray, isRegoObject, RegoMap, RegoSet, type RegoValue } from '../../../src/rego/value'
import { anyValue, mostly, ours, sameAsOpa } from './against-opa'

const patch = (value: RegoValue, ...operations: RegoValue[]) => ours(json, 'json.patch', [value, operations])
const marshal = (value: RegoValue, options: RegoValue) => ours(json, 'json.marshal_with_options', [value, options])

// Few keys, so that paths often lead somewhere.
const key = fc.constantFrom<RegoValue>('a', 'b', 'a/b', '~', '0', '1', '-', 0, 1, 2, new Decimal('1.0'), [0])
const leaf = fc.oneof(key, fc.constantFrom<RegoValue>(null, true, 'x'))
const part: fc.Arbitrary<RegoValue> = fc.letrec<{ value: RegoValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.oneof(leaf, tie('value')), { maxLength: 4 }).map((members) => new RegoSet(members)),
    fc.dictionary(fc.constantFrom('a', 'b', 'a/b', '~', '0', '1'), tie('value'), { noNullPrototype: true }),
    fc.array(fc.tuple(key, tie('value')), { maxLength: 3 }).map((entries) => new RegoMap(entries)),
  ),
})).value
const document = fc.oneof(part, fc.record({ a: part, b: part, 0: part }), fc.tuple(part, part))

const segment = fc.constantFrom('a', 'b', 'a~1b', '~0', '0', '1', '2', '-', '00', '-1', '+1', '1.0', '1.', '.', '')
const path = fc.oneof(
  fc.array(segment, { minLength: 1, maxLength: 3 }).map((segments) => `/${segments.join('/')}`),
  fc.array(fc.oneof(key, part), { maxLength: 3 }),
  fc.constantFrom('', 'a', 'a/b', '//a', '/', null),
)
const isWhole = (path: RegoValue | undefined): boolean => path === '' || (isRegoArray(path) && path.length === 0)

const operation = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.record(
      {
        op: fc.constantFrom('add', 'add', 'remove', 'replace', 'move', 'copy', 'test'),
        path,
        from: path,
        value: fc.oneof(leaf, part),
      },
      { noNullPrototype: true },
    ),
  },
  fc.record({ op: fc.constantFrom('add', 'no'), path, value: part }, { requiredKeys: ['path'], noNullPrototype: true }),
  anyValue,
)

describe('json.patch', () => {
  it.each<[string, RegoValue, RegoValue[], string]>([
    ['adds a member', { a: 1 }, [{ op: 'add', path: '/b', value: 2 }], '{"a": 1, "b": 2}'],
    ['appends an element', [1], [{ op: 'add', path: '/-', value: 2 }], '[1, 2]'],
    ['reads escapes in a path', { 'a/~b': 1 }, [{ op: 'remove', path: '/a~1~0b' }], '{}'],
    ['moves', { a: { b: 1 } }, [{ op: 'move', from: '/a/b', path: '/c' }], '{"a": {}, "c": 1}'],
    ['copies', { a: [1] }, [{ op: 'copy', from: '/a', path: '/b' }], '{"a": [1], "b": [1]}'],
    ['replaces the whole', { a: 1 }, [{ op: 'replace', path: '', value: [] }], '[]'],
    ['changes a member of a set', new RegoSet([[0], 'a']), [{ op: 'add', path: [[0], 1], value: 1 }], '{"a", [0, 1]}'],
    [
      'goes on from what it made',
      {},
      [
        { op: 'add', path: 'a', value: {} },
        { op: 'add', path: 'a/b', value: 1 },
      ],
      '{"a": {"b": 1}}',
    ],
  ])('%s', (_, value, operations, expected) => {
    expect(patch(value, ...operations)).toEqual({ result: expected })
  })

  it.each<[string, RegoValue]>([
    ['a failing test', { op: 'test', path: '/a', value: 2 }],
    ['a parent that is not there', { op: 'add', path: '/b/c', value: 1 }],
    ['a missing attribute', { op: 'add', path: '/b' }],
    ['the removal of the whole', { op: 'remove', path: '' }],
  ])('is undefined for %s', (_, operation) => {
    expect(patch({ a: 1 }, operation)).toBe('undefined')
  })

  it('agrees with OPA', async () => {
    const operations = fc
      .array(operation, { minLength: 1, maxLength: 3 })
      // After an operation on the whole OPA's code panics.
      .filter((list) => list.slice(0, -1).every((one) => !isRegoObject(one) || !isWhole(one['path'])))
    await sameAsOpa(json, 'json.patch', mostly(document, operations), 5_000)
  })
})

describe('json.marshal_with_options', () => {
  it('indents', () => {
    expect(marshal({ b: [1, {}], a: '<' }, { indent: '  ', prefix: '> ' })).toEqual({
      result: JSON.stringify('> {\n>   "a": "\\u003c",\n>   "b": [\n>     1,\n>     {}\n>   ]\n> }'),
    })
  })

  it('writes numbers as they were written, and keys that are no strings as their text', () => {
    expect(marshal(new RegoMap([[[1], new Decimal('1.0')]]), {})).toEqual({ result: '"{\\"[1]\\":1.0}"' })
  })

  it('agrees with OPA', async () => {
    const options = fc.oneof(
      fc.record(
        { pretty: fc.boolean(), indent: fc.constantFrom('', ' ', '\t', '--'), prefix: fc.constantFrom('', '#', '<') },
        { requiredKeys: [], noNullPrototype: true },
      ),
      fc.dictionary(fc.constantFrom('pretty', 'indent', 'other'), anyValue, { noNullPrototype: true }),
    )
    const text = fc.string({ unit: 'binary' })
    const value = fc.oneof(anyValue, part, text, fc.constantFrom('\b\f\u2028<&>\u007f', new Decimal('.5')))
    await sameAsOpa(json, 'json.marshal_with_options', mostly(value, options), 3_000)
  })
})
