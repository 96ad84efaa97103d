import { describe, expect, it } from 'vitest'
import type { Json } from '../../../src/json'
import { net } from '../../../src/rego/builtins/net'
import { randomFrom } from '../../../src/rego/random'
import type { RegoValue } from '../../../src/rego/value'

const context = { random: randomFrom(0), memo: new Map() }

const merge = (blocks: Json): RegoValue | undefined => net['net.cidr_merge']?.(context, blocks)
const isValid = (text: Json): RegoValue | undefined => net['net.cidr_is_valid']?.(context, text)

describe('net', () => {
  it.each<[Json, Json]>([
    [['0.0.0.0/1', '128.0.0.0/1'], ['0.0.0.0/0']],
    [['10.0.0.0/8', '10.1.0.0/16'], ['10.0.0.0/8']],
    [
      ['192.0.2.0/25', '192.0.2.128/25', '198.51.100.0/24'],
      ['192.0.2.0/24', '198.51.100.0/24'],
    ],
    [['::/1', '8000::/1'], ['::/0']],
    [['2001:db8::/33', '2001:db8:8000::/33'], ['2001:db8::/32']],
    [['10.0.0.1'], ['10.0.0.0/8']],
    [[], []],
  ])('cidr_merge of %j is %j', (blocks, expected) => {
    expect(merge(blocks)).toEqual(expected)
  })

  it.each(['10.0.0.0/8', '::/0', '::ffff:10.0.0.0/104', '1:2:3:4:5:6:7:8/128'])('%s is valid', (text) => {
    expect(isValid(text)).toBe(true)
  })

  it.each([
    '10.0.0.0',
    '10.0.0.0/33',
    '010.0.0.0/8',
    '10.0.0/8',
    '::/129',
    '1::2::3/64',
    'x/8',
    '10.0.0.0/8/8',
    '',
    '10.0.0.0/08',
  ])('%s is not', (text) => {
    expect(isValid(text)).toBe(false)
  })
})
