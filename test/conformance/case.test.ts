import * as E from 'fp-ts/Either'
import { expect, test } from 'vitest'
import { shippedCompiler } from '../../src/compiler/shipped'
import { type Case, readCases } from './case'

const read = async (text: string): Promise<readonly Case[]> => {
  const compiler = await shippedCompiler()
  if (E.isLeft(compiler)) throw new Error(compiler.left.message)
  return readCases(compiler.right, 'v1', text)
}

const WHOLE = `
cases:
  - note: shop/late
    query: data.shop.late = x
    modules: ['package shop']
    data: {yes: 9223372036854775807}
    input_term: '{"a": {1, 2,}} # a set'
    want_result: [{x: true}]
    sort_bindings: true
`

test('a case keeps its numbers and sets, and reads words as YAML 1.2 does', async () => {
  expect(await read(WHOLE)).toEqual([
    {
      note: 'shop/late',
      version: 'v1',
      query: 'data.shop.late = x',
      modules: ['package shop'],
      experimentalKeywords: false,
      data: '{"yes":9223372036854775807}',
      input: '{"a": {1, 2}}',
      want: { kind: 'results', results: '[{"x":true}]', sortBindings: true },
    },
  ])
})

const one = (rest: string): string => `cases: [{note: n, query: q, ${rest}}]`

test.each([
  ['want_defined: false', { kind: 'defined', defined: false }],
  ['want_error_code: eval_conflict_error', { kind: 'conflict' }],
  ['want_error_code: eval_type_error, strict_error: true', { kind: 'results', results: '[]', sortBindings: false }],
])('what is wanted: %s', async (rest, want) => {
  expect((await read(one(rest)))[0]?.want).toEqual(want)
})

test('no input is not the input null', async () => {
  const [without] = await read(one('want_defined: true'))
  const [withNull] = await read(one('want_defined: true, input_term: "null"'))
  expect([without?.input, withNull?.input]).toEqual([undefined, 'null'])
})

test.each([
  ['a field that OPA has not', one('want_defined: true, wanted: 1'), /no such field|cases/],
  ['an error that no compiled module gives', one('want_error_code: eval_cancel_error'), /n wants eval_cancel_error/],
  ['nothing wanted', one('data: {}'), /n wants nothing/],
  ['no list of cases', 'a: 1', /cases/],
  ['what is not YAML', '{', /yaml/],
])('it refuses %s', async (_, text, message) => {
  await expect(read(text)).rejects.toThrow(message)
})
