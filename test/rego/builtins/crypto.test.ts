import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crypto } from '../../../src/rego/builtins/crypto'
import { mostly, ours, sameAsOpa } from './against-opa'
import { anyText } from './texts'

describe('crypto', () => {
  it.each([
    ['crypto.md5', 'd41d8cd98f00b204e9800998ecf8427e'],
    ['crypto.sha1', 'da39a3ee5e6b4b0d3255bfef95601890afd80709'],
    ['crypto.sha256', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ])('%s of nothing is %s', (name, result) => {
    expect(ours(crypto, name, [''])).toEqual({ result: `"${result}"` })
  })

  it.each(['crypto.md5', 'crypto.sha1', 'crypto.sha256'])('%s does as OPA does', (name) =>
    sameAsOpa(crypto, name, mostly(anyText)),
  )

  it.each(['crypto.hmac.md5', 'crypto.hmac.sha1', 'crypto.hmac.sha256', 'crypto.hmac.sha512'])(
    '%s does as OPA does',
    (name) => sameAsOpa(crypto, name, mostly(anyText, anyText)),
  )

  it('compares as OPA does', () => {
    const texts = fc.constantFrom('a', 'b', '\u00e9', 'e\u0301')
    return sameAsOpa(crypto, 'crypto.hmac.equal', mostly(texts, texts))
  })
})
