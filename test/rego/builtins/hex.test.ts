import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hex } from '../../../src/rego/builtins/hex'
import { mostly, ours, sameAsOpa } from './against-opa'
import { anyText, mutated } from './texts'

const digits = fc
  .array(
    fc.oneof(fc.nat({ max: 255 }), fc.constantFrom(0xe2, 0x82, 0xac, 0xf0, 0x9f, 0xef, 0xbb, 0xbf, 0xed, 0xa0, 0xc0)),
    { maxLength: 8 },
  )
  .map((bytes) => bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(''))

describe('hex', () => {
  it.each([
    ['48656c6c6f', '"Hello"'],
    ['E282AC', '"\u20ac"'],
    // Each byte that is not UTF-8 becomes a character of its own.
    ['e28241', '"\ufffd\ufffdA"'],
    ['', '""'],
  ])('decodes %j as %s', (text, result) => {
    expect(ours(hex, 'hex.decode', [text])).toEqual({ result })
  })

  it.each(['4', '4g', '0x41'])('refuses to decode %j', (text) => {
    expect(ours(hex, 'hex.decode', [text])).toBe('undefined')
  })

  it('encodes the bytes of UTF-8', () => {
    expect(ours(hex, 'hex.encode', ['\u20ac'])).toEqual({ result: '"e282ac"' })
  })

  it('decodes as OPA does', () => sameAsOpa(hex, 'hex.decode', mostly(mutated(digits))))

  it('encodes as OPA does', () => sameAsOpa(hex, 'hex.encode', mostly(anyText)))
})
