import * as t from 'io-ts'
import { exact, jsonObject } from '../codec'

/** The module's operations, by their place in `operations` of `wasm/rego/main.go`. */
export const OPERATIONS = {
  compile: 0,
  check: 1,
  inspect: 2,
  format: 3,
  test: 4,
  builtin: 5,
  capabilities: 6,
  compileQuery: 7,
  data: 8,
} as const
export type Operation = keyof typeof OPERATIONS

const span = exact('span', { file: t.string, row: t.number, col: t.number, endRow: t.number, endCol: t.number }, {})

const conflict = exact('conflict', { path: t.string, first: t.string, second: t.string }, {})
const problem = exact('problem', { code: t.string, message: t.string }, { span, conflict })
export type ReplyProblem = t.TypeOf<typeof problem>

/** What every call answers with. */
export const reply = t.union([
  exact('result', { result: t.unknown }, {}),
  exact('errors', { errors: t.readonlyArray(problem) }, {}),
])

const strings = t.readonlyArray(t.string)
const relatedResource = exact('related resource', { ref: t.string }, { description: t.string })
const annotation = exact(
  'annotation',
  { scope: t.string, path: strings },
  {
    title: t.string,
    description: t.string,
    entrypoint: t.boolean,
    relatedResources: t.readonlyArray(relatedResource),
    custom: jsonObject,
    span,
  },
)
export type ReplyAnnotation = t.TypeOf<typeof annotation>

const inspectedModule = exact(
  'module',
  { name: t.string, package: strings, rules: strings, annotations: t.readonlyArray(annotation) },
  { span },
)

const failedAt = exact('failed at', { span, text: t.string, values: t.readonly(t.record(t.string, t.string)) }, {})
export type ReplyFailedAt = t.TypeOf<typeof failedAt>

const testCase = exact('test case', { path: strings, passed: t.boolean }, { failedAt })
export type ReplyTestCase = t.TypeOf<typeof testCase>

const testResult = exact(
  'test result',
  {
    name: t.string,
    outcome: t.union([t.literal('pass'), t.literal('fail'), t.literal('error'), t.literal('skip')]),
    milliseconds: t.number,
  },
  { span, printed: t.string, error: problem, failedAt, cases: t.readonlyArray(testCase) },
)
export type ReplyTestResult = t.TypeOf<typeof testResult>

const lines = t.readonlyArray(t.readonly(t.tuple([t.number, t.number])))
const fileCoverage = exact('file coverage', { percent: t.number, covered: lines, notCovered: lines }, {})
const coverage = exact(
  'coverage',
  {
    percent: t.number,
    coveredLines: t.number,
    notCoveredLines: t.number,
    files: t.readonly(t.record(t.string, fileCoverage)),
  },
  {},
)
export type ReplyCoverage = t.TypeOf<typeof coverage>

/** The part of OPA's capabilities that is read here; the rest stays as it is. */
export const capabilities = t.intersection([
  jsonObject,
  t.readonly(
    t.type({ builtins: t.readonlyArray(t.intersection([jsonObject, t.readonly(t.type({ name: t.string }))])) }),
  ),
])

/** The result of each operation. */
export const RESULTS = {
  compile: exact(
    'compiled',
    {
      wasm: t.string,
      entrypoints: strings,
      annotations: t.readonly(t.record(t.string, t.readonlyArray(annotation))),
      data: jsonObject,
    },
    {},
  ),
  check: exact('checked', { modules: t.number }, {}),
  inspect: exact('inspected', { modules: t.readonlyArray(inspectedModule) }, {}),
  format: exact('formatted', { sources: t.readonlyArray(exact('source', { name: t.string, text: t.string }, {})) }, {}),
  test: exact('tested', { results: t.readonlyArray(testResult) }, { coverage }),
  builtin: exact('builtin result', {}, { value: t.string }),
  capabilities,
  compileQuery: exact('compiled query', { wasm: t.string }, {}),
  data: exact('merged data', { data: jsonObject }, {}),
} satisfies Record<Operation, t.Mixed>

export type Result<O extends Operation> = t.TypeOf<(typeof RESULTS)[O]>
