import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  type Capabilities,
  checkRego,
  compileRego,
  forbid,
  type RegoCompiler,
  testRego,
} from '../../src/compiler/index'
import type { PolicyProblem } from '../../src/problem'
import { done, loaded, rows } from './loaded'

let compiler: RegoCompiler

beforeAll(async () => {
  compiler = await loaded()
})

const sources = [
  {
    name: 'a.rego',
    text: 'package a\n\nx := http.send({"url": "https://example.org", "method": "get"})\n\ntest_x if abs(-1) == 1\n',
  },
]

describe('forbid', () => {
  it.each<[string, (capabilities: Capabilities) => TE.TaskEither<readonly PolicyProblem[], unknown>]>([
    ['compile', (capabilities) => compileRego(sources, { entrypoints: ['a/x'], capabilities, compiler })],
    ['check', (capabilities) => checkRego(sources, { capabilities, compiler })],
    ['test', (capabilities) => testRego(sources, { capabilities, compiler })],
  ])('has %s refuse a call of the builtin, with its place', async (_, run) => {
    const result = await pipe(forbid(['http.send', 'opa.runtime'], { compiler }), TE.chain(run))()
    expect(rows(result)).toEqual([['rego_type_error', 'a.rego', 3, 6, 3, 64]])
    expect(result).toMatchObject({ left: [{ data: { reason: expect.stringContaining('http.send') } }] })
  })

  it('leaves the other builtins alone', async () => {
    const capabilities = done(await forbid(['opa.runtime'], { compiler })())
    done(await checkRego(sources, { capabilities, compiler })())
  })

  it('starts from what is given, where a name may be forbidden already', async () => {
    const some = done(await forbid(['http.send', 'opa.runtime'], { compiler })())
    const fewer = done(await forbid(['http.send', 'abs'], { capabilities: some, compiler })())
    const gone = some.builtins.filter((builtin) => !fewer.builtins.includes(builtin))
    expect(gone.map(({ name }) => name)).toEqual(['abs'])
    expect(fewer.builtins.map(({ name }) => name)).not.toContain('opa.runtime')
  })

  it('refuses each name that is no builtin', async () => {
    expect(await forbid(['http.sent', 'abs', 'nope'], { compiler })()).toMatchObject({
      left: [
        { code: 'rego-builtin-unknown', data: { builtin: 'http.sent' } },
        { code: 'rego-builtin-unknown', data: { builtin: 'nope' } },
      ],
    })
  })
})
