import { beforeAll, describe, expect, it } from 'vitest'
import { checkRego, type RegoCompiler, regoCapabilities } from '../../src/compiler/index'
import { done, loaded } from './loaded'

let compiler: RegoCompiler

beforeAll(async () => {
  compiler = await loaded()
})

describe('regoCapabilities', () => {
  it('gives the builtins and features of OPA', async () => {
    const all = done(await regoCapabilities({ compiler })())
    const send = all.builtins.find(({ name }) => name === 'http.send')
    expect(send).toMatchObject({ decl: { type: 'function' }, nondeterministic: true })
    expect(all['features']).toContain('rego_v1')
  })

  it('gives those of v0 where that is asked for', async () => {
    const all = done(await regoCapabilities({ regoVersion: 'v0', compiler })())
    expect(all['future_keywords']).toContain('contains')
    expect(all['features']).toContain('rego_v1_import')
  })

  it('gives a document that allows what it says', async () => {
    const capabilities = done(await regoCapabilities({ compiler })())
    const text = 'package a\n\nx := http.send({"url": "https://example.org", "method": "get"})\n'
    done(await checkRego([{ name: 'a.rego', text }], { capabilities, compiler })())
  })
})
