import fc from 'fast-check'
import { isRight } from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'
import { opaBuiltins } from '../../src/compiler/index'
import { shippedCompiler } from '../../src/compiler/shipped'
import { isArray, type Json } from '../../src/json'
import { net } from '../../src/rego/builtins/net'

const merge = (blocks: Json): Json | undefined => net['net.cidr_merge']?.(blocks)
const isValid = (text: Json): Json | undefined => net['net.cidr_is_valid']?.(text)

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

  it("agrees with OPA's own code", async () => {
    const compiler = await shippedCompiler()
    if (!isRight(compiler)) throw new Error(compiler.left.message)
    const opa = opaBuiltins(compiler.right, Object.keys(net))
    const octet = fc.integer({ min: 0, max: 255 })
    const prefixed = (addresses: fc.Arbitrary<string>, most: number) =>
      fc.tuple(addresses, fc.integer({ min: 0, max: most })).map(([address, prefix]) => `${address}/${prefix}`)
    const v4 = prefixed(
      fc.tuple(octet, octet, octet, octet).map((octets) => octets.join('.')),
      34,
    )
    const v6 = prefixed(fc.ipV6(), 130)
    fc.assert(
      fc.property(fc.oneof(v4, v6, fc.string({ maxLength: 8 })), (text) => {
        expect(isValid(text)).toBe(opa['net.cidr_is_valid']?.(text))
      }),
      { numRuns: 500 },
    )
    const near = prefixed(
      fc
        .tuple(fc.constant(10), fc.constant(0), fc.integer({ min: 0, max: 3 }), octet)
        .map((octets) => octets.join('.')),
      32,
    )
    fc.assert(
      fc.property(fc.array(near, { maxLength: 6 }), (blocks) => {
        const [mine, theirs] = [merge(blocks), opa['net.cidr_merge']?.(blocks)]
        expect(isArray(mine) && [...mine].sort()).toEqual(isArray(theirs) && [...theirs].sort())
      }),
      { numRuns: 300 },
    )
  })
})
