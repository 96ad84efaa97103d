import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import type { Location, PolicyProblem } from '../problem'
import { callOn, problemOf, type RegoOptions } from './call'
import { type DataOptions, dataRequest } from './data'
import type { ReplyCoverage, ReplyFailedAt, ReplyTestCase, ReplyTestResult } from './reply'
import { locator, type NamedText, type RegoSource } from './source'

export interface TestRegoOptions extends RegoOptions, DataOptions {
  /** Only tests whose full name (`data.pkg.test_x`) this regular expression of RE2 finds. */
  readonly run?: string
  /** Measures which lines the tests ran. Default: whether there is a threshold. */
  readonly coverage?: boolean
  /** The coverage that there has to be, in percent. */
  readonly threshold?: number
}

/** The expression that a test or case ended at: the last one that was false or undefined. */
export interface FailedExpression {
  /** As it is written. */
  readonly text: string
  /** What its variables were, as Rego terms. */
  readonly values: Readonly<Record<string, string>>
  readonly location?: Location
}

/** One of the results of a test that has several, `test_x[name]`. */
export interface RegoTestCase {
  /** The keys of the case, from the outermost. */
  readonly path: readonly string[]
  readonly outcome: 'pass' | 'fail'
  readonly failedAt?: FailedExpression
}

/** How one rule `test_...` ended; `skip` is what a rule `todo_test_...` gives. */
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
  /** Why, where the outcome is `fail`, there are no cases, and an expression of the test was reached. */
  readonly failedAt?: FailedExpression
  /** Where a test has several. */
  readonly cases?: readonly RegoTestCase[]
  /** The names of the cases that failed. */
  readonly failedIn?: readonly string[]
}

/**
 * How much of the sources the tests ran: percent, and runs of lines as pairs of their first and last. A line that holds an
 * expression that ran and one that did not is in both.
 */
export interface Coverage extends ReplyCoverage {
  readonly threshold?: number
  /** Whether the threshold is reached; true where there is none. */
  readonly enough: boolean
}

/** All tests in the order of the sources. */
export interface RegoTestReport {
  /** Some test ran, none failed, and there is as much coverage as was asked for. */
  readonly ok: boolean
  /** How many tests ended how. */
  readonly counts: Readonly<Record<RegoTestResult['outcome'], number>>
  readonly results: readonly RegoTestResult[]
  readonly coverage?: Coverage
}

/** Runs the tests in the sources as `opa test` does. A failing test is a result; problems are about the sources. */
export const testRego = (
  sources: readonly RegoSource[],
  options: TestRegoOptions = {},
): TE.TaskEither<readonly PolicyProblem[], RegoTestReport> =>
  pipe(
    callOn('test', { ...options, sources }, options, {
      ...dataRequest(options),
      run: options.run ?? '',
      coverage: options.coverage ?? options.threshold !== undefined,
    }),
    TE.map(({ results, coverage }) =>
      reportOf(
        results.map(resultOf([...sources, ...(options.dataSources ?? [])])),
        coverage === undefined ? undefined : coverageOf(coverage, options.threshold),
      ),
    ),
  )

/** Results as a report. Nothing that was only skipped makes it ok. */
export const reportOf = (results: readonly RegoTestResult[], coverage: Coverage | undefined): RegoTestReport => {
  const ended = (wanted: RegoTestResult['outcome']): number =>
    results.filter(({ outcome }) => outcome === wanted).length
  const counts = { pass: ended('pass'), fail: ended('fail'), error: ended('error'), skip: ended('skip') }
  return {
    ok: counts.pass > 0 && counts.fail + counts.error === 0 && (coverage?.enough ?? true),
    counts,
    results,
    ...(coverage === undefined ? {} : { coverage }),
  }
}

const coverageOf = (measured: ReplyCoverage, threshold: number | undefined): Coverage => ({
  ...measured,
  ...(threshold === undefined ? {} : { threshold }),
  enough: threshold === undefined || measured.percent >= threshold,
})

const resultOf = (texts: readonly NamedText[]): ((given: ReplyTestResult) => RegoTestResult) => {
  const locate = locator(texts)
  const toProblem = problemOf(texts)
  const expressionOf = ({ span, ...rest }: ReplyFailedAt): FailedExpression => ({
    ...rest,
    ...(span === undefined ? {} : { location: locate(span) }),
  })
  const caseOf = ({ path, passed, failedAt }: ReplyTestCase): RegoTestCase => ({
    path,
    outcome: passed ? 'pass' : 'fail',
    ...(failedAt === undefined ? {} : { failedAt: expressionOf(failedAt) }),
  })
  return ({ span, error, failedAt, cases, ...rest }) => ({
    ...rest,
    ...(span === undefined ? {} : { location: locate(span) }),
    ...(error === undefined ? {} : { error: toProblem(error) }),
    ...(failedAt === undefined ? {} : { failedAt: expressionOf(failedAt) }),
    ...(cases === undefined ? {} : { cases: cases.map(caseOf), failedIn: failedIn(cases) }),
  })
}

const failedIn = (cases: readonly ReplyTestCase[]): readonly string[] =>
  cases.filter(({ passed }) => !passed).map(({ path }) => path.join('/'))
