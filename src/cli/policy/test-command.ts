import * as E from 'fp-ts/Either'
import {
  formatTestReport,
  type RegoOptions,
  type RegoTestReport,
  type TestFormat,
  testRego,
} from '../../compiler/index'
import { reportOf } from '../../compiler/test-rego'
import { type Problem, problem } from '../../problem'
import { numberWithin, oneOf } from '../options'
import { type ExitCode, print, printNote, refuse, writeWhole } from '../output'
import { isTest, type PolicyFiles, readPolicyFiles } from './files'
import { librariesFor } from './libraries'
import { ownCoverage } from './own-coverage'
import { type ExamplesRun, runExamples } from './pack-examples'
import { REPLAYED } from './recorded-pack'
import { type RegoFlags, regoSettings } from './settings'

/** The options of `policy test`. */
export interface TestFlags extends RegoFlags {
  readonly run?: string
  readonly format: string
  readonly output?: string
  readonly coverage?: boolean
  readonly threshold?: string
  readonly lcov?: string
  readonly verbose?: boolean
}

interface Settings {
  readonly rego: RegoOptions
  readonly format: TestFormat
  readonly coverage: boolean
  readonly threshold: number | undefined
  readonly run: string | undefined
  readonly isWanted: (name: string) => boolean
}

const FORMATS = ['text', 'json', 'junit', 'tap'] as const

/** RE2, as OPA reads the same pattern; loaded only where there is one. */
const matcherOf = async (run: string | undefined): Promise<E.Either<Problem, (name: string) => boolean>> => {
  if (run === undefined) return E.right(() => true)
  const { RE2JS } = await import('re2js')
  try {
    const pattern = RE2JS.compile(run)
    return E.right((name) => pattern.matcher(name).find())
  } catch {
    return E.left(problem('option-invalid', { option: '--run', given: run, expected: 'a regular expression of RE2' }))
  }
}

const settingsOf = async (flags: TestFlags): Promise<E.Either<readonly Problem[], Settings>> => {
  const rego = await regoSettings(flags)
  if (E.isLeft(rego)) return rego
  const format = oneOf('--format', flags.format, FORMATS)
  if (E.isLeft(format)) return E.left([format.left])
  const threshold =
    flags.threshold === undefined ? E.right(undefined) : numberWithin('--threshold', flags.threshold, 0, 100)
  if (E.isLeft(threshold)) return E.left([threshold.left])
  const isWanted = await matcherOf(flags.run)
  if (E.isLeft(isWanted)) return E.left([isWanted.left])
  return E.right({
    rego: rego.right,
    format: format.right,
    threshold: threshold.right,
    coverage: flags.coverage === true || flags.lcov !== undefined || threshold.right !== undefined,
    run: flags.run,
    isWanted: isWanted.right,
  })
}

/** `aks-checklist policy test`. */
export const policyTest = async (names: readonly string[], flags: TestFlags): Promise<ExitCode> => {
  const settings = await settingsOf(flags)
  if (E.isLeft(settings)) return refuse(settings.left)
  const files = await readPolicyFiles(names)
  if (E.isLeft(files)) return refuse(files.left)
  const tested = await testAll(files.right, settings.right)
  if (E.isLeft(tested)) return refuse(tested.left)
  const { report, without } = tested.right
  if (report.results.length === 0) {
    return refuse([
      problem('nothing-to-test', { sources: names, ...(flags.run === undefined ? {} : { run: flags.run }) }),
    ])
  }
  const text = formatTestReport(report, settings.right.format, { verbose: flags.verbose === true })
  if (flags.output === undefined) await print(text)
  else await writeWhole(flags.output, text)
  if (flags.lcov !== undefined) await writeWhole(flags.lcov, formatTestReport(report, 'lcov'))
  if (without.length > 0) printNote(`no examples.yaml beside ${without.join(', ')}`)
  if (report.counts.skip === report.results.length) printNote('every test is skipped: nothing was tested')
  if (report.coverage?.enough === false) printShortfall(report.coverage)
  return report.ok ? 0 : 1
}

const printShortfall = ({ percent, threshold = 0 }: NonNullable<RegoTestReport['coverage']>): void => {
  const short = (threshold - percent).toFixed(1)
  printNote(`the coverage is ${short === '0.0' ? 'less than 0.1' : short} points below the threshold of ${threshold}%`)
}

interface Tested {
  readonly report: RegoTestReport
  readonly without: readonly string[]
}

/** Rego tests and examples as one report. */
const testAll = async (
  files: PolicyFiles,
  { rego: options, run, isWanted, coverage, threshold }: Settings,
): Promise<E.Either<readonly Problem[], Tested>> => {
  const examples: E.Either<readonly Problem[], ExamplesRun | undefined> =
    files.examples.length === 0 ? E.right(undefined) : await runExamples(files, options, isWanted)
  if (E.isLeft(examples)) return examples
  const replay = coverage && examples.right !== undefined ? [examples.right.replay] : []
  const libraries = await librariesFor(files.rego, { report: replay.length > 0 })
  const tested = await testRego([...files.rego, ...libraries, ...replay], {
    ...options,
    dataSources: files.data,
    coverage,
    ...(run === undefined ? {} : { run: `(?:${run})|${REPLAYED}` }),
  })()
  if (E.isLeft(tested)) return tested
  const replayed = new RegExp(REPLAYED)
  const results = [
    ...tested.right.results.filter(({ name }) => !replayed.test(name)),
    ...(examples.right?.results ?? []),
  ]
  const own = new Set(files.rego.filter((source) => !isTest(source)).map(({ name }) => name))
  const measured = tested.right.coverage === undefined ? undefined : ownCoverage(tested.right.coverage, own, threshold)
  return E.right({
    without: examples.right?.without ?? [],
    report: reportOf(results, measured),
  })
}
