import { readFileSync } from 'node:fs'
import { isLeft } from 'fp-ts/Either'
import { beforeAll, describe, expect, it } from 'vitest'
import { compileRego } from '../../src/compiler/index'
import type { Json } from '../../src/json'
import { loadPolicy, type Policy } from '../../src/node'
import { loadModule } from '../../src/rego/loaded-module'
import { done, loaded } from '../compiler/loaded'

const shapes = (file: string): Buffer => readFileSync(new URL(`../bench/${file}`, import.meta.url))
const OF_OPA = new Uint8Array(shapes('shapes.opa.wasm'))

const loadedFrom = async (wasm: Uint8Array): Promise<Policy> => {
  const policy = await loadPolicy({ wasm })()
  if (isLeft(policy)) throw new Error(policy.left.message)
  return policy.right
}

const deployment = (name: string, privileged: boolean): Json => ({
  metadata: { name, labels: { app: name, tier: 'front', zone: 'a', 'app.kubernetes.io/part-of': 'shop' } },
  spec: { template: { spec: { containers: [{ name: 'web', securityContext: { privileged } }, { name: 'proxy' }] } } },
})

/** An input for each entrypoint of `shapes.rego`. */
const INPUTS: Readonly<Record<string, Json>> = {
  large_input: { items: [deployment('b', true), deployment('a', true), deployment('c', false)] },
  small_input: deployment('a', false),
  large_result: { items: [deployment('b', true), deployment('a', false)] },
  large_set: { items: Array.from({ length: 40 }, (_, at) => deployment(`web-${at}`, false)) },
  made_result: { n: 20 },
  made_set: { n: 300 },
  builtin_often: { n: 20 },
  builtin_large: { text: '"'.padEnd(100, 'x') },
}

describe('a module of the build of OPA itself', () => {
  let module: Uint8Array

  beforeAll(async () => {
    const sources = [{ name: 'shapes.rego', text: shapes('shapes.rego').toString() }]
    const compiled = done(await compileRego(sources, { compiler: await loaded() })())
    module = compiled.module
    expect(compiled.entrypoints.map((name) => name.replace('shapes/', '')).sort()).toEqual(Object.keys(INPUTS).sort())
  })

  it('has another runtime, whose values are read from memory as well', async () => {
    expect(Buffer.from(module).equals(OF_OPA)).toBe(false)
    const layouts = await Promise.all(
      [module, OF_OPA].map(async (wasm) => {
        const read = loadModule(await WebAssembly.compile(wasm.slice()))
        return isLeft(read) ? read.left : read.right.layout
      }),
    )
    // It hashes keys in its own way, so none is put into its tables here.
    expect(layouts).toEqual([{ readable: true, written: expect.anything() }, { readable: true }])
  })

  it.each(Object.entries(INPUTS))('answers %s as the one that is compiled here', async (name, input) => {
    const [ours, theirs] = await Promise.all([module, OF_OPA].map(loadedFrom))
    const entrypoint = `shapes/${name}`
    const answer = ours?.evaluate({ entrypoint, input })
    expect(answer).toMatchObject({ right: { value: expect.anything(), diagnostics: [] } })
    // A second time, on what the first one left behind.
    expect([theirs?.evaluate({ entrypoint, input }), ours?.evaluate({ entrypoint, input })]).toEqual([answer, answer])
  })
})
