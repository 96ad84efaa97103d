import { beforeAll, describe, expect, it } from 'vitest'
import { type RegoCompiler, type RegoSource, testRego } from '../../src/compiler/index'
import { done, loaded, rows } from './loaded'

let compiler: RegoCompiler

beforeAll(async () => {
  compiler = await loaded()
})

const sources = [
  {
    name: 'a.rego',
    text: 'package a\n\nallow if input.level > data.least\n\ndeny if {\n\tnot allow\n\tinput.strict\n}\n',
  },
  {
    name: 'a_test.rego',
    text: `package a_test

import data.a

test_high if a.allow with input as {"level": 5}

test_low if a.allow with input as {"level": 1}

test_said if {
	print("level", 5)
	true
}

todo_test_later if false

test_broken if {
	units.parse_bytes(concat("", ["x"])) == 1
}

test_each[name] if {
	some name, level in {"high": 5, "low": 0}
	a.allow with input as {"level": level}
}
`,
  },
]
const data = { least: 2 }

const one = (body: string): readonly RegoSource[] => [{ name: 't.rego', text: `package t\n\n${body}` }]

/** The text, values and line of what the only test failed at. */
const failure = async (body: string): Promise<readonly unknown[]> => {
  const [result] = done(await testRego(one(body), { compiler })()).results
  return [result?.failedAt?.text, result?.failedAt?.values, result?.failedAt?.location?.start.line]
}

describe('testRego', () => {
  it('tells how each test ended, in the order of the texts', async () => {
    const { ok, counts, results, coverage } = done(await testRego(sources, { data, compiler })())
    expect(results.map(({ name, outcome, location }) => [name, outcome, location?.start.line])).toEqual([
      ['data.a_test.test_high', 'pass', 5],
      ['data.a_test.test_low', 'fail', 7],
      ['data.a_test.test_said', 'pass', 9],
      ['data.a_test.todo_test_later', 'skip', 14],
      ['data.a_test.test_broken', 'fail', 16],
      ['data.a_test.test_each', 'fail', 20],
    ])
    expect([ok, counts]).toEqual([false, { pass: 2, fail: 3, error: 0, skip: 1 }])
    expect(results[2]?.printed).toBe('level 5\n')
    expect(coverage).toBeUndefined()
  })

  it('runs the tests that a pattern names', async () => {
    const { ok, results } = done(await testRego(sources, { data, run: 'a_test\\.test_(high|said)$', compiler })())
    expect(results.map(({ name }) => name)).toEqual(['data.a_test.test_high', 'data.a_test.test_said'])
    expect(ok).toBe(true)
  })

  it('is not well where a pattern names no test', async () => {
    expect(done(await testRego(sources, { data, run: 'nothing', compiler })())).toMatchObject({
      ok: false,
      results: [],
    })
  })

  it('takes data from texts', async () => {
    const dataSources = [{ name: 'data.yaml', text: 'least: 2\n' }]
    expect(done(await testRego(sources, { dataSources, run: 'test_high', compiler })()).ok).toBe(true)
  })

  it('refuses a pattern that is no regular expression', async () => {
    expect(rows(await testRego(sources, { run: '(', compiler })())).toEqual([['rego_error']])
  })

  it('refuses sources that do not compile', async () => {
    expect(rows(await testRego([{ name: 'x.rego', text: 'package x\n\ny if z\n' }], { compiler })())).toEqual([
      ['rego_unsafe_var_error', 'x.rego', 3, 6, 3, 7],
    ])
  })

  it('gives an error of the evaluation its place', async () => {
    const body = 'f(1) := 1\n\nf(x) := 2 if x == 1\n\ntest_f if f(1) == 1\n'
    const { ok, counts, results } = done(await testRego(one(body), { compiler })())
    expect([ok, counts.error]).toEqual([false, 1])
    expect(results[0]).toMatchObject({
      outcome: 'error',
      error: { code: 'rego-error', data: { regoCode: 'eval_conflict_error' }, location: { start: { line: 5 } } },
    })
  })
})

describe('a failing test', () => {
  it('names the expression that failed, and what its variables were', async () => {
    expect(await failure('test_x if {\n\tlimits := {"low": 3}\n\tn := 2\n\tn > limits.low\n}\n')).toEqual([
      'n > limits.low',
      { n: '2', 'limits.low': '3' },
      6,
    ])
  })

  it.each([
    ['one that is undefined', 'test_x if {\n\ttrue\n\tinput.nothing\n}\n', 'input.nothing', 5],
    ['one that is negated', 'test_x if {\n\tnot y\n}\n\ny := 1\n', 'not y', 4],
    ['one inside every', 'test_x if {\n\tevery n in [1, 2] {\n\t\tn < 2\n\t}\n}\n', 'n < 2', 5],
    ['one that the index of rules leaves out', 'test_x if input.y == 1\n', 'input.y == 1', 3],
  ])('finds %s', async (_, body, text, line) => {
    const [found, , at] = await failure(body)
    expect([found, at]).toEqual([text, line])
  })

  it('tells for each of its cases whether it failed and where', async () => {
    const body = `test_each[name][n] if {
	some name, level in {"high": 5, "low": 0}
	some n in [1, {"k": "<"}]
	level > 1
}
`
    const [result] = done(await testRego(one(body), { compiler })()).results
    expect(result?.failedAt).toBeUndefined()
    expect(result?.failedIn).toEqual(['low/1', 'low/{"k":"\\u003c"}'])
    expect(result?.cases?.map(({ path: [name], outcome, failedAt }) => [name, outcome, failedAt?.values])).toEqual([
      ['high', 'pass', undefined],
      ['high', 'pass', undefined],
      ['low', 'fail', { level: '0' }],
      ['low', 'fail', { level: '0' }],
    ])
  })

  it('tells two tests of one name apart', async () => {
    const { results } = done(await testRego(one('test_x if 1 == 1\n\ntest_x if 1 == 2\n'), { compiler })())
    expect(results.map(({ outcome, failedAt }) => [outcome, failedAt?.text])).toEqual([
      ['pass', undefined],
      ['fail', '1 == 2'],
    ])
  })
})

describe('coverage', () => {
  it('is the lines that ran and those that did not, as runs', async () => {
    const { coverage } = done(await testRego(sources, { data, run: 'test_high', coverage: true, compiler })())
    expect(coverage?.files['a.rego']).toEqual({ percent: 25, covered: [[3, 3]], notCovered: [[5, 7]] })
    expect(coverage?.files['a_test.rego']?.covered).toEqual([[5, 5]])
    expect([coverage?.enough, coverage?.threshold]).toEqual([true, undefined])
  })

  it.each([
    [100, false],
    [14, true],
  ])('is held against a threshold of %i percent', async (threshold, enough) => {
    const { ok, counts, coverage } = done(await testRego(sources, { data, run: 'test_high', threshold, compiler })())
    expect(counts).toMatchObject({ pass: 1, fail: 0 })
    expect(coverage).toMatchObject({ threshold, enough })
    expect(ok).toBe(enough)
  })
})
