import type { RegoTestCase, RegoTestReport, RegoTestResult } from '../test-rego'
import { expressionLines, placeText, reasonLines } from './reason'

/**
 * The report in the Test Anything Protocol, version 14: a test with cases is a subtest, why something failed stands in a
 * YAML block under it. Source: https://testanything.org/tap-version-14-specification.html
 */
export const testReportTap = ({ results }: RegoTestReport): string =>
  ['TAP version 14', `1..${results.length}`, ...results.flatMap(pointOf), ''].join('\n')

const pointOf = (result: RegoTestResult, at: number): readonly string[] => [
  ...(result.cases === undefined ? [] : subtest(result.name, result.cases)),
  `${verdict(result.outcome)} ${at + 1} - ${description(result.name)}${result.outcome === 'skip' ? ' # SKIP' : ''}`,
  ...diagnostic(result),
]

const subtest = (name: string, cases: readonly RegoTestCase[]): readonly string[] =>
  [
    `# Subtest: ${description(name)}`,
    `1..${cases.length}`,
    ...cases.flatMap(({ path, outcome, failedAt }, at) => [
      `${verdict(outcome)} ${at + 1} - ${description(path.join(' / '))}`,
      ...(failedAt === undefined ? [] : block({ reason: expressionLines(failedAt).join('\n') })),
    ]),
  ].map((line) => `    ${line}`)

const verdict = (outcome: RegoTestResult['outcome']): string =>
  outcome === 'fail' || outcome === 'error' ? 'not ok' : 'ok'

const diagnostic = (result: RegoTestResult): readonly string[] => {
  const reason = reasonLines(result).join('\n')
  return result.outcome === 'fail' || result.outcome === 'error'
    ? block({
        ...(result.location === undefined ? {} : { at: placeText(result.location) }),
        ...(reason === '' ? {} : { reason }),
        ...(result.printed === undefined ? {} : { printed: result.printed }),
      })
    : []
}

/** JSON strings are YAML. */
const block = (fields: Readonly<Record<string, string>>): readonly string[] => [
  '  ---',
  ...Object.entries(fields).map(([name, value]) => `  ${name}: ${JSON.stringify(value)}`),
  '  ...',
]

/** A number sign would begin a directive, and a line break the next line. */
const description = (text: string): string => text.replace(/[\\#]/g, (found) => `\\${found}`).replace(/\s/g, ' ')
