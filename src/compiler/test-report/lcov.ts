import type { Coverage, RegoTestReport } from '../test-rego'

type FileCoverage = Coverage['files'][string]

/**
 * The coverage as an LCOV tracefile, empty where none was measured. OPA tells whether a line ran, not how often: its count
 * is 1, or 0 where anything on it did not run. Source: geninfo(1), "TRACEFILE FORMAT".
 */
export const testReportLcov = ({ coverage }: RegoTestReport): string =>
  Object.entries(coverage?.files ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, file]) => record(name, file))
    .join('')

const record = (name: string, { covered, notCovered }: FileCoverage): string => {
  const counts = new Map([
    ...linesIn(covered).map((line) => [line, 1] as const),
    ...linesIn(notCovered).map((line) => [line, 0] as const),
  ])
  const lines = [...counts].sort(([a], [b]) => a - b)
  return [
    'TN:',
    `SF:${name}`,
    ...lines.map(([line, count]) => `DA:${line},${count}`),
    `LF:${lines.length}`,
    `LH:${lines.filter(([, count]) => count > 0).length}`,
    'end_of_record',
    '',
  ].join('\n')
}

const linesIn = (runs: FileCoverage['covered']): readonly number[] =>
  runs.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, at) => first + at))
