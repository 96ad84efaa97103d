import * as E from 'fp-ts/Either'
import { SEVERITIES, type Severity } from '../catalogue/control'
import type { Checklist, CheckOptions } from '../check'
import { levelOf, type Problem, problem } from '../problem'
import type { Report } from '../report/build'
import { FORMATS, type Format, formatReport } from '../report/format'
import { type Config, readConfig } from './config'
import { readInputs } from './inputs'
import { oneOf } from './options'
import { type ExitCode, print, printProblem, writeWhole } from './output'
import { checklistFor, type PackFlags } from './pack-flags'
import { type SelectionFlags, selected } from './selection'

/** The options of `check` as the command line gives them. */
export interface CheckFlags extends PackFlags, SelectionFlags {
  readonly format: string
  readonly output?: string
  readonly failOn?: string
  readonly failOnUnknown?: boolean
  readonly tier?: string
  readonly config?: string
  readonly now?: string
  readonly complete?: boolean
  readonly cluster?: string
  readonly strict?: boolean
  readonly verbose?: boolean
  readonly color?: boolean
}

type Threshold = Severity | 'never'
const THRESHOLDS: readonly Threshold[] = [...SEVERITIES, 'never']
const TIERS = ['core', 'all'] as const

interface Settings {
  readonly format: Format
  readonly failOn: Threshold
  readonly failOnUnknown: boolean
  readonly options: CheckOptions
}

const settingsOf = (flags: CheckFlags, config: Config): E.Either<Problem, Settings> => {
  const format = oneOf('--format', flags.format, FORMATS)
  if (E.isLeft(format)) return format
  const failOn = oneOf('--fail-on', flags.failOn ?? config.failOn ?? 'high', THRESHOLDS)
  if (E.isLeft(failOn)) return failOn
  const tier = oneOf('--tier', flags.tier ?? config.tier ?? 'core', TIERS)
  if (E.isLeft(tier)) return tier
  return E.right({
    format: format.right,
    failOn: failOn.right,
    failOnUnknown: flags.failOnUnknown ?? config.failOnUnknown ?? false,
    options: {
      tier: tier.right,
      complete: flags.complete === true,
      ...(flags.item === undefined ? {} : { items: flags.item }),
      ...(flags.control === undefined ? {} : { controls: flags.control }),
      ...(flags.now === undefined ? {} : { now: flags.now }),
      ...(flags.cluster === undefined ? {} : { cluster: flags.cluster }),
      ...(config.parameters === undefined ? {} : { parameters: config.parameters }),
      ...(config.kubernetesVersion === undefined ? {} : { kubernetesVersion: config.kubernetesVersion }),
    },
  })
}

const FLAGS = ['item', 'control', 'now']

/** A problem with an option of the call as one of the flag it came by. */
const asFlag = (found: Problem): Problem =>
  found.code === 'option-invalid' && FLAGS.includes(found.data.option)
    ? problem('option-invalid', { ...found.data, option: `--${found.data.option}` })
    : found

const refuse = (given: Problem): ExitCode => {
  if (given.code === 'nothing-to-check') for (const cause of given.data.causes) printProblem(cause)
  printProblem(given)
  return 2
}

/** `aks-checklist check`. */
export const checkCommand = async (names: readonly string[], flags: CheckFlags): Promise<ExitCode> => {
  const config = flags.config === undefined ? E.right({}) : await readConfig(flags.config)
  if (E.isLeft(config)) return refuse(config.left)
  const settings = settingsOf(flags, config.right)
  if (E.isLeft(settings)) return refuse(settings.left)
  const whole = await checklistFor(flags)
  if (E.isLeft(whole)) return refuse(whole.left)
  const checklist = selected(whole.right, flags)
  if (E.isLeft(checklist)) return refuse(checklist.left)
  return run(checklist.right, names, flags, settings.right)
}

const run = async (
  checklist: Checklist,
  names: readonly string[],
  flags: CheckFlags,
  settings: Settings,
): Promise<ExitCode> => {
  const inputs = await readInputs(names)
  for (const each of inputs.problems) printProblem(each)
  const result = E.mapLeft(asFlag)(checklist.check(inputs.sources, settings.options))
  if (E.isLeft(result)) return refuse(result.left)
  const report = result.right
  // A report on no control would read as a clean one.
  if (report.controls.length === 0) return refuse(problem('nothing-selected', {}))
  const text = formatReport(report, settings.format, { colour: usesColour(flags), verbose: flags.verbose === true })
  if (flags.output === undefined) await print(text)
  else await writeWhole(flags.output, text)
  for (const each of report.problems) if (flags.verbose === true || levelOf(each.code) !== 'note') printProblem(each)
  const unreadable = [...inputs.problems, ...report.problems].some(({ code }) => levelOf(code) === 'error')
  const doubtful = flags.strict === true && report.problems.some(({ code }) => levelOf(code) === 'warning')
  return unreadable || doubtful ? 2 : isFailing(report, settings) ? 1 : 0
}

const isFailing = (report: Report, { failOn, failOnUnknown }: Settings): boolean => {
  if (failOnUnknown && report.controls.some(({ verdict }) => verdict === 'unknown')) return true
  if (failOn === 'never') return false
  const worst = SEVERITIES.slice(0, SEVERITIES.indexOf(failOn) + 1)
  return report.findings.some(
    ({ severity, foldedInto, waiver }) => foldedInto === undefined && waiver === undefined && worst.includes(severity),
  )
}

/** Colour where the terminal has it; see no-color.org. */
const usesColour = (flags: CheckFlags): boolean =>
  flags.output === undefined &&
  flags.color !== false &&
  (process.env['NO_COLOR'] ?? '') === '' &&
  process.stdout.isTTY === true &&
  process.env['TERM'] !== 'dumb'
