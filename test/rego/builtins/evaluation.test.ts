import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluation } from '../../../src/rego/builtins/evaluation'
import { anyValue, mostly, ours, sameAsOpa } from './against-opa'

describe('what a policy may ask about its own evaluation', () => {
  it('knows of no runtime', () => {
    expect(ours(evaluation, 'opa.runtime', [])).toEqual({ result: '{}' })
  })

  it('agrees with OPA', async () => {
    await sameAsOpa(evaluation, 'opa.runtime', fc.constant([]), 10)
    await sameAsOpa(evaluation, 'trace', mostly(fc.string()))
    await sameAsOpa(evaluation, 'internal.test_case', mostly(anyValue))
  })
})
