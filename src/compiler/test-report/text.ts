import type { Coverage, RegoTestCase, RegoTestReport, RegoTestResult } from '../test-rego'
import { expressionLines, placeText, reasonLines } from './reason'

/** How a report is shown. Formats that have no use for it ignore it. */
export interface TestFormatOptions {
  /** Tests that passed and what they printed are shown too. Default: false. */
  readonly verbose?: boolean
}

const LABEL = { pass: 'PASS ', fail: 'FAIL ', error: 'ERROR', skip: 'SKIP ' } as const

/** What needs work comes first. */
const ORDER = ['fail', 'error', 'skip', 'pass'] as const

/**
 * The report as people read it: tests that failed with the expression that did and what was printed, those that were
 * skipped, the counts, and the lines that no test ran.
 */
export const testReportText = (report: RegoTestReport, { verbose = false }: TestFormatOptions): string => {
  const shown = ORDER.filter((outcome) => verbose || outcome !== 'pass')
  const tests = shown.flatMap((wanted) => report.results.filter(({ outcome }) => outcome === wanted))
  const lines = [
    ...tests.flatMap((result) => resultLines(result, verbose)),
    ...(tests.length === 0 ? [] : ['']),
    countLine(report),
    ...(report.coverage === undefined ? [] : coverageLines(report.coverage)),
  ]
  return `${lines.map(printable).join('\n')}\n`
}

/** What tests print would else steer the terminal. */
const printable = (line: string): string => line.replaceAll('\t', '  ').replace(/\p{Cc}/gu, '\ufffd')

const indented = (lines: readonly string[]): readonly string[] => lines.map((line) => `  ${line}`)

const resultLines = (result: RegoTestResult, verbose: boolean): readonly string[] => {
  const place = result.location === undefined ? '' : `  ${placeText(result.location)}`
  const cases = (result.cases ?? []).filter(({ outcome }) => verbose || outcome === 'fail')
  return [
    `${LABEL[result.outcome]} ${result.name}${place}`,
    ...indented(reasonLines(result)),
    ...indented(cases.flatMap(caseLines)),
    ...(result.printed === undefined ? [] : indented(['printed:', ...indented(result.printed.trimEnd().split('\n'))])),
  ]
}

const caseLines = ({ path, outcome, failedAt }: RegoTestCase): readonly string[] => [
  `${LABEL[outcome]} ${path.join(' / ')}`,
  ...(failedAt === undefined ? [] : indented(expressionLines(failedAt))),
]

const countLine = ({ counts: { pass, fail, error, skip }, results }: RegoTestReport): string =>
  results.length === 0
    ? 'no tests'
    : [
        `${pass} passed`,
        ...(fail === 0 ? [] : [`${fail} failed`]),
        ...(error === 0 ? [] : [`${error} with an error`]),
        ...(skip === 0 ? [] : [`${skip} skipped`]),
      ].join(', ')

const percentText = (percent: number): string => `${(Math.floor(percent * 10) / 10).toFixed(1)}%`

const coverageLines = ({ percent, threshold, enough, files }: Coverage): readonly string[] => [
  `coverage: ${percentText(percent)}${threshold === undefined ? '' : `, ${enough ? 'at least' : 'less than'} ${threshold}%`}`,
  ...Object.keys(files)
    .sort()
    .flatMap((name) => {
      const { percent: share, notCovered } = files[name] ?? { percent: 0, notCovered: [] }
      const runs = notCovered.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`))
      return runs.length === 0 ? [] : [`  ${name}: ${percentText(share)}, not covered: ${runs.join(', ')}`]
    }),
]
