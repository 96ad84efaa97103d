import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import type { JsonObject } from '../json'
import type { Location, PolicyProblem } from '../problem'
import { callOn, problemOf, type RegoOptions } from './call'
import type { Coverage, ReplyTestResult } from './reply'
import { locator, type RegoSource } from './source'

export interface TestRegoOptions extends RegoOptions {
  /** Only tests whose full name (`data.pkg.test_x`) this regular expression of RE2 finds. */
  readonly run?: string
  /** Base documents. */
  readonly data?: JsonObject
  /** Measures which lines the tests ran. Default: false. */
  readonly coverage?: boolean
}

/** How one rule `test_...` ended. */
export interface RegoTestResult {
  /** `data.pkg.test_x` */
  readonly name: string
  readonly outcome: 'pass' | 'fail' | 'error' | 'skip'
  readonly milliseconds: number
  readonly location?: Location
  /** What `print` wrote. */
  readonly printed?: string
  /** Why, where the outcome is `error`. */
  readonly error?: PolicyProblem
  /** The cases that failed, where a test has several. */
  readonly failedIn?: readonly string[]
}

/** All tests in the order of the sources. */
export interface RegoTestReport {
  readonly results: readonly RegoTestResult[]
  readonly coverage?: Coverage
}

const resultOf = (sources: readonly RegoSource[]): ((given: ReplyTestResult) => RegoTestResult) => {
  const locate = locator(sources)
  const toProblem = problemOf(sources)
  return ({ span, error, ...rest }) => ({
    ...rest,
    ...(span === undefined ? {} : { location: locate(span) }),
    ...(error === undefined ? {} : { error: toProblem(error) }),
  })
}

/** Runs the tests in the sources as `opa test` does. A failing test is a result; problems are about the sources. */
export const testRego = (
  sources: readonly RegoSource[],
  options: TestRegoOptions = {},
): TE.TaskEither<readonly PolicyProblem[], RegoTestReport> =>
  pipe(
    callOn('test', sources, options, {
      run: options.run ?? '',
      coverage: options.coverage ?? false,
      ...(options.data === undefined ? {} : { data: options.data }),
    }),
    TE.map(({ results, ...rest }) => ({ results: results.map(resultOf(sources)), ...rest })),
  )
