import { afterEach, describe, expect, it, vi } from 'vitest'
import { PRIVILEGED } from '../package/manifests'

afterEach(() => {
  vi.restoreAllMocks()
  vi.resetModules()
})

const sources = [{ name: 'pod.yaml', text: PRIVILEGED }]

/** The entry anew, which has loaded nothing yet. */
const entry = async (): Promise<typeof import('../../src/node')> => {
  vi.resetModules()
  return import('../../src/node')
}

describe('check', () => {
  it('loads the checklist once', async () => {
    const { check } = await entry()
    const compile = vi.spyOn(WebAssembly, 'compile')
    const [one, other] = await Promise.all([check(sources), check(sources)])
    expect(one.findings).toEqual(other.findings)
    expect(one.findings).not.toEqual([])
    await check(sources)
    expect(compile).toHaveBeenCalledTimes(1)
  })

  it('rejects with the problem where loading fails, and loads anew on the next call', async () => {
    const { check, CheckError } = await entry()
    vi.spyOn(WebAssembly, 'compile').mockRejectedValueOnce(new Error('too busy'))
    const failed = await check(sources).catch((error: unknown) => error)
    if (!(failed instanceof CheckError)) throw new Error('it did not reject with a CheckError')
    expect(failed.problem).toMatchObject({ code: 'policy-not-wasm' })
    expect((await check(sources)).findings).not.toEqual([])
  })
})
