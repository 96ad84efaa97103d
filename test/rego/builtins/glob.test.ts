import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { glob } from '../../../src/rego/builtins/glob'
import { mostly, ours, sameAsOpa } from './against-opa'

const text = fc.string({ unit: fc.constantFrom(...'a*?\\[]{}!-,./é😀'), maxLength: 12 })

describe('glob', () => {
  it('quotes as OPA does', () => sameAsOpa(glob, 'glob.quote_meta', mostly(text)))

  it('quotes what means something in a pattern', () => {
    expect(ours(glob, 'glob.quote_meta', ['*.github.com'])).toEqual({ result: '"\\\\*.github.com"' })
  })
})
