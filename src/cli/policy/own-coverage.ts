import type { Coverage } from '../../compiler/index'

const total = (runs: Coverage['files'][string]['covered']): readonly number[] =>
  runs.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, at) => first + at))

/**
 * The coverage of the named files alone: libraries of the package are not the author's, and tests run themselves. The percentage
 * is of lines: one on which something did not run counts as not covered.
 */
export const ownCoverage = (
  measured: Coverage,
  names: ReadonlySet<string>,
  threshold: number | undefined,
): Coverage => {
  const files = Object.fromEntries(Object.entries(measured.files).filter(([name]) => names.has(name)))
  const missed = Object.values(files).map(({ notCovered }) => new Set(total(notCovered)))
  const notCoveredLines = missed.reduce((sum, lines) => sum + lines.size, 0)
  const coveredLines = Object.values(files).reduce(
    (sum, { covered }, at) => sum + total(covered).filter((line) => missed[at]?.has(line) !== true).length,
    0,
  )
  const lines = coveredLines + notCoveredLines
  const percent = lines === 0 ? 100 : (100 * coveredLines) / lines
  return {
    percent,
    coveredLines,
    notCoveredLines,
    files,
    ...(threshold === undefined ? {} : { threshold }),
    enough: threshold === undefined || percent >= threshold,
  }
}
