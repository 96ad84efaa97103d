import { testRego } from 'aks-checklist/compiler'
import { describe, expect, it } from 'vitest'
import { ENGINE_CASES } from './engine-cases'
import { RULES_AS_OPA, RULES_SOURCE, RULES_TEST } from './rules-as-opa'

describe('the engine in Node', () => {
  it("is held to values that are OPA's own", async () => {
    const tested = await testRego([RULES_SOURCE, RULES_TEST])()
    if (tested._tag === 'Left') throw new Error(tested.left.map(({ message }) => message).join('\n'))
    expect(tested.right.results.filter(({ outcome }) => outcome !== 'pass')).toEqual([])
    expect(tested.right.counts.pass).toBe(Object.keys(RULES_AS_OPA).length)
  })

  it.each(ENGINE_CASES.map((one) => [one.name, one] as const))('%s', async (_, { run, expected }) => {
    expect(await run()).toEqual(expected)
  })
})
