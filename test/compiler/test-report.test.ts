import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { formatTestReport, type RegoTestReport, TEST_FORMATS, testRego } from '../../src/compiler/index'
import { done, loaded } from './loaded'

const RULES = `package a

allow if input.level > data.least

deny if {
	not allow
	input.strict
}
`

const TESTS = `package a_test

import data.a

test_high if a.allow with input as {"level": 5}

test_low if {
	level := 1
	print("<level> & \\"", level, "\\u001b[31m")
	a.allow with input as {"level": level}
}

test_each[name] if {
	some name, level in {"high # 1": 5, "low": 0}
	level > 2
}

todo_test_later if false

test_clash if f(1) == 1

f(1) := 1

f(x) := 2 if x == 1
`

let report: RegoTestReport

/** The same report with no times in it. */
const timeless = (given: RegoTestReport): RegoTestReport => ({
  ...given,
  results: given.results.map((result) => ({ ...result, milliseconds: 1500 })),
})

beforeAll(async () => {
  const sources = [
    { name: 'a.rego', text: RULES },
    { name: 'a_test.rego', text: TESTS },
  ]
  report = timeless(done(await testRego(sources, { data: { least: 2 }, threshold: 80, compiler: await loaded() })()))
})

const nothing: RegoTestReport = { ok: false, counts: { pass: 0, fail: 0, error: 0, skip: 0 }, results: [] }

describe('formatTestReport', () => {
  it('knows the formats that it names', () => {
    expect(TEST_FORMATS.map((format) => [format, typeof formatTestReport(nothing, format)])).toEqual(
      ['text', 'json', 'junit', 'tap', 'lcov'].map((format) => [format, 'string']),
    )
  })
})

describe('text', () => {
  const bad = `FAIL  data.a_test.test_low  a_test.rego:7:1
  a_test.rego:10:2
    a.allow with input as {"level": level}
      level = 1
  printed:
    <level> & " 1 \ufffd[31m
FAIL  data.a_test.test_each  a_test.rego:13:1
`
  const rest = `ERROR data.a_test.test_clash  a_test.rego:20:1
  a_test.rego:24:1
    eval_conflict_error: function data.a_test.f produced conflicting values for the same inputs:
      1 at a_test.rego:22
      2 at a_test.rego:24
SKIP  data.a_test.todo_test_later  a_test.rego:18:1
`
  const end = `
1 passed, 2 failed, 1 with an error, 1 skipped
coverage: 68.7%, less than 80%
  a.rego: 25.0%, not covered: 5-7
  a_test.rego: 83.3%, not covered: 7, 18
`

  it('shows what needs work first, why, and the lines that did not run', () => {
    const low = '  FAIL  low\n    a_test.rego:15:2\n      level > 2\n        level = 0\n'
    expect(formatTestReport(report, 'text')).toBe(`${bad}${low}${rest}${end}`)
  })

  it('shows what passed too when verbose', () => {
    const text = formatTestReport(report, 'text', { verbose: true })
    expect(text).toContain('  PASS  high # 1\n  FAIL  low\n')
    expect(text).toContain('PASS  data.a_test.test_high  a_test.rego:5:1\n')
  })

  it('is short where all is well, and says where there was nothing', () => {
    const well = { ...nothing, ok: true, counts: { ...nothing.counts, pass: 1 }, results: report.results.slice(0, 1) }
    expect(formatTestReport(well, 'text')).toBe('1 passed\n')
    expect(formatTestReport(nothing, 'text')).toBe('no tests\n')
  })

  it('does not round a share up to the threshold it missed', () => {
    const coverage = { percent: 79.96, coveredLines: 1, notCoveredLines: 1, files: {}, threshold: 80, enough: false }
    expect(formatTestReport({ ...nothing, coverage }, 'text')).toContain('coverage: 79.9%, less than 80%\n')
  })
})

describe('json', () => {
  it('is the report', () => {
    expect(JSON.parse(formatTestReport(report, 'json'))).toEqual(report)
  })
})

describe('junit', () => {
  it('has a suite for each source and an entry for each case', () => {
    expect(formatTestReport(report, 'junit')).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="a_test.rego" tests="6" failures="2" errors="1" skipped="1" time="7.500000">
    <testcase name="test_high" classname="data.a_test" file="a_test.rego" line="5" time="1.500000"/>
    <testcase name="test_low" classname="data.a_test" file="a_test.rego" line="7" time="1.500000">
      <failure message="the test is false or undefined">a_test.rego:10:2
  a.allow with input as {&quot;level&quot;: level}
    level = 1</failure>
      <system-out>&lt;level&gt; &amp; &quot; 1 \ufffd[31m
</system-out>
    </testcase>
    <testcase name="test_each[high # 1]" classname="data.a_test" file="a_test.rego" line="13" time="0.750000"/>
    <testcase name="test_each[low]" classname="data.a_test" file="a_test.rego" line="13" time="0.750000">
      <failure message="the test is false or undefined">a_test.rego:15:2
  level &gt; 2
    level = 0</failure>
    </testcase>
    <testcase name="todo_test_later" classname="data.a_test" file="a_test.rego" line="18" time="1.500000">
      <skipped/>
    </testcase>
    <testcase name="test_clash" classname="data.a_test" file="a_test.rego" line="20" time="1.500000">
      <error message="eval_conflict_error: function data.a_test.f produced conflicting values for the same inputs:&#10;  1 at a_test.rego:22&#10;  2 at a_test.rego:24">a_test.rego:24:1
  eval_conflict_error: function data.a_test.f produced conflicting values for the same inputs:
    1 at a_test.rego:22
    2 at a_test.rego:24</error>
    </testcase>
  </testsuite>
</testsuites>
`)
  })

  it.each([
    ['data.a["b.c"].test_x', 'data.a["b.c"]', 'test_x'],
    ['data.a.test_x.low', 'data.a', 'test_x.low'],
    ['data.test_a.todo_test_x#01', 'data.test_a', 'todo_test_x#01'],
    [
      'data.controls.o1.named / A label of app.kubernetes.io. Or none',
      'data.controls.o1.named',
      'A label of app.kubernetes.io. Or none',
    ],
  ])('takes the name of %s apart where its package ends', (name, classname, own) => {
    const [first] = report.results
    const results = first === undefined ? [] : [{ ...first, name }]
    const written = (text: string): string => text.replaceAll('"', '&quot;')
    expect(formatTestReport({ ...report, results }, 'junit')).toContain(
      `<testcase name="${written(own)}" classname="${written(classname)}"`,
    )
  })

  it('writes only what XML can hold', () => {
    const odd = '\u0000\u0085\ufffe\ud800 ]]> 𝒳 \t'
    const results = report.results.slice(0, 1).map((result) => ({ ...result, printed: odd }))
    expect(formatTestReport({ ...report, results }, 'junit')).toContain(
      '<system-out>\ufffd\ufffd\ufffd\ufffd ]]&gt; 𝒳 \t</system-out>',
    )
  })
})

describe('tap', () => {
  it('has a point for each test, and a subtest for its cases', () => {
    const points = formatTestReport(report, 'tap')
      .split('\n')
      .filter((line) => !line.startsWith('  ') || /^ {4}\S/.test(line))
    expect(points).toEqual([
      'TAP version 14',
      '1..5',
      'ok 1 - data.a_test.test_high',
      'not ok 2 - data.a_test.test_low',
      '    # Subtest: data.a_test.test_each',
      '    1..2',
      '    ok 1 - high \\# 1',
      '    not ok 2 - low',
      'not ok 3 - data.a_test.test_each',
      'ok 4 - data.a_test.todo_test_later # SKIP',
      'not ok 5 - data.a_test.test_clash',
      '',
    ])
  })

  it('says in YAML why something failed', () => {
    const [, block = ''] =
      /not ok 2 [^\n]*\n {2}---\n([\s\S]*?)\n {2}\.\.\./.exec(formatTestReport(report, 'tap')) ?? []
    expect(parse(block)).toEqual({
      at: 'a_test.rego:7:1',
      reason: 'a_test.rego:10:2\n  a.allow with input as {"level": level}\n    level = 1',
      printed: '<level> & " 1 \u001b[31m\n',
    })
  })
})

describe('lcov', () => {
  it('has a record for each file, and a line that ran in part counts as not run', () => {
    const [rules, tests] = formatTestReport(report, 'lcov').split('end_of_record\n')
    expect(rules).toBe('TN:\nSF:a.rego\nDA:3,1\nDA:5,0\nDA:6,0\nDA:7,0\nLF:4\nLH:1\n')
    expect(tests).toMatch(/^TN:\nSF:a_test.rego\nDA:5,1\n/)
    const coverage = {
      ...{ percent: 50, coveredLines: 1, notCoveredLines: 1, enough: true },
      files: { 'x.rego': { percent: 50, covered: [[1, 2] as const], notCovered: [[2, 2] as const] } },
    }
    expect(formatTestReport({ ...nothing, coverage }, 'lcov')).toBe(
      'TN:\nSF:x.rego\nDA:1,1\nDA:2,0\nLF:2\nLH:1\nend_of_record\n',
    )
  })

  it('is empty where no coverage was measured', () => {
    expect(formatTestReport(nothing, 'lcov')).toBe('')
  })
})
