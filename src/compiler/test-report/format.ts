import type { RegoTestReport } from '../test-rego'
import { testReportJson } from './json'
import { testReportJunit } from './junit'
import { testReportLcov } from './lcov'
import { testReportTap } from './tap'
import { type TestFormatOptions, testReportText } from './text'

const FORMATTERS = {
  text: testReportText,
  json: testReportJson,
  junit: testReportJunit,
  tap: testReportTap,
  lcov: testReportLcov,
} as const satisfies Readonly<Record<string, (report: RegoTestReport, options: TestFormatOptions) => string>>

/** `lcov` is the coverage alone; the others tell how each test ended. */
export type TestFormat = keyof typeof FORMATTERS

/** The names of the formats. */
export const TEST_FORMATS: readonly TestFormat[] = ['text', 'json', 'junit', 'tap', 'lcov']

/** Renders what `testRego` found. */
export const formatTestReport = (report: RegoTestReport, format: TestFormat, options: TestFormatOptions = {}): string =>
  FORMATTERS[format](report, options)
