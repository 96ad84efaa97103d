import { describe, expect, it } from 'vitest'
import { base64url } from '../../../src/rego/builtins/base64url'
import { mostly, ours, sameAsOpa } from './against-opa'
import { anyText } from './texts'

describe('base64url.encode_no_pad', () => {
  it.each([
    ['', '""'],
    ['a', '"YQ"'],
    ['?>\u00fe', '"Pz7Dvg"'],
  ])('of %j is %s', (text, result) => {
    expect(ours(base64url, 'base64url.encode_no_pad', [text])).toEqual({ result })
  })

  it('takes long texts', () => {
    expect(ours(base64url, 'base64url.encode_no_pad', ['\u20ac'.repeat(100_000)])).toEqual({
      result: `"${'4oKs'.repeat(100_000)}"`,
    })
  })

  it('does as OPA does', () => sameAsOpa(base64url, 'base64url.encode_no_pad', mostly(anyText)))
})
