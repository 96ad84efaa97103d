import * as E from 'fp-ts/Either'
import { expect, test } from 'vitest'
import { problem } from '../../src/problem'
import { readWritten } from '../../src/rego/term'
import type { RegoValue } from '../../src/rego/value'
import type { Want } from './case'
import { judge, type Outcome } from './judge'

const gave = (...results: readonly string[]): Outcome => E.right(results.map((text): RegoValue => readWritten(text)))

const wants = (results: string, sortBindings = false): Want => ({ kind: 'results', results, sortBindings })

const conflict: Want = { kind: 'conflict' }

const agrees: readonly (readonly [name: string, want: Want, outcome: Outcome])[] = [
  ['bindings in any order', wants('[{"x": 1}, {"x": 2}]'), gave('{"x": 2}', '{"x": 1}')],
  ['the same bindings twice are once', wants('[{"x": 1}]'), gave('{"x": 1}', '{"x": 1}')],
  ['a set is an array in order', wants('[{"x": [1, [2]]}]'), gave('{"x": {{2}, 1}}')],
  ['a key that is no string is its JSON text', wants('[{"x": {"[1]": 2}}]'), gave('{"x": {{1}: 2}}')],
  ['a number however it is written', wants('[{"x": 1000}]'), gave('{"x": 1e3}')],
  ['an array in another order, where bindings are sorted', wants('[{"x": [1, 2]}]', true), gave('{"x": [2, 1]}')],
  ['no bindings', wants('[]'), gave()],
  ['any bindings, where some are wanted', { kind: 'defined', defined: true }, gave('{"x": 1}')],
  ['two values, where that is wanted', conflict, E.left(problem('policy-conflict', { kind: 'rule' }))],
]

test.each(agrees)('it agrees with: %s', (_, want, outcome) => {
  expect(judge(want, outcome)).toBeUndefined()
})

const differs: readonly (readonly [name: string, want: Want, outcome: Outcome])[] = [
  ['the last digit of a long number', wants('[{"x": 123456789123456789123}]'), gave('{"x": 123456789123456789124}')],
  ['an array in another order', wants('[{"x": [1, 2]}]'), gave('{"x": [2, 1]}')],
  ['another name', wants('[{"x": 1}]'), gave('{"y": 1}')],
  ['no bindings, where some are wanted', wants('[{"x": 1}]'), gave()],
  ['bindings, where none are wanted', { kind: 'defined', defined: false }, gave('{"x": 1}')],
  ['an error in place of bindings', wants('[]'), E.left(problem('policy-aborted', { reason: 'lost' }))],
  ['bindings in place of two values', conflict, gave('{"x": 1}')],
  ['another error in place of two values', conflict, E.left(problem('policy-aborted', { reason: 'lost' }))],
]

test.each(differs)('it says what differs with: %s', (_, want, outcome) => {
  expect(judge(want, outcome)).toMatch(/\S/)
})
