import type { Severity } from '../catalogue/control'
import type { Finding, ResourceIdentity } from '../finding/finding'
import type { Verdict } from '../finding/verdict'
import { type Location, levelOf } from '../problem'
import type { Report } from './build'
import { printable, type Style, styleOf } from './style'

/** Findings of one control shown in full; the rest are counted. */
const SHOWN_PER_CONTROL = 5
/** Long sentences are broken at this column, so that they stay under their finding in any terminal. */
const COLUMNS = 100
const PHASES: Readonly<Record<string, string>> = { plan: 'Plan', deploy: 'Deploy', optimize: 'Optimize' }

type Item = Report['items'][number]

const VERDICT_LABEL: Readonly<Record<Verdict, string>> = {
  pass: 'PASS',
  fail: 'FAIL',
  unknown: 'UNKNOWN',
  'not-applicable': 'N/A',
  waived: 'WAIVED',
}
const LABEL_WIDTH = 7

const verdictText = (verdict: Verdict, style: Style): string => {
  const label = VERDICT_LABEL[verdict].padEnd(LABEL_WIDTH)
  const paint = {
    pass: style.green,
    fail: style.red,
    unknown: style.yellow,
    'not-applicable': style.dim,
    waived: style.cyan,
  }
  return paint[verdict](label)
}

const answerText = (answer: Report['questions'][number]['answer'], style: Style): string => {
  const paint = { yes: style.green, no: style.red, partly: style.yellow, unknown: style.yellow }
  return paint[answer](style.bold(answer.toUpperCase().padEnd(LABEL_WIDTH)))
}

const severityText = (severity: Severity, style: Style): string => {
  const paint = { critical: style.red, high: style.red, medium: style.yellow, low: style.dim }
  return paint[severity](severity)
}

const place = ({ source, start }: Location): string => printable(`${source}:${start.line}:${start.column}`)

/** `Deployment shop/web`, `managedClusters prod`. */
export const resourceText = (resource: ResourceIdentity): string => {
  if ('type' in resource)
    return printable(`${resource.type.slice(resource.type.lastIndexOf('/') + 1)} ${resource.name}`)
  if (!('name' in resource)) return 'the cluster'
  const namespace = resource.namespace === undefined ? '' : `${resource.namespace}/`
  return printable(`${resource.kind} ${namespace}${resource.name}`)
}

/**
 * The report as a page for a terminal: the checklist by phase, each question with its answer and why, each item with its verdict;
 * then findings by item; then what was unknown and what to give to know it. A folded finding is counted, not shown.
 */
export const formatText = (
  report: Report,
  options: { readonly colour?: boolean; readonly verbose?: boolean } = {},
): string => {
  const style = styleOf(options.colour === true)
  const parts = [
    header(report, style),
    ...phases(report, style),
    ...findings(report, style),
    ...unknowns(report, style),
    ...waived(report, style),
    ...problems(report, style, options.verbose === true),
    summary(report, style),
  ]
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

/** Breaks a sentence into lines, the later ones indented. A word that is too long stays whole. */
const wrapped = (text: string, indent: number): string => {
  const lines: string[] = []
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1)
    if (line === undefined || line.length + word.length + indent >= COLUMNS) lines.push(word)
    else lines[lines.length - 1] = `${line} ${word}`
  }
  return lines.join(`\n${' '.repeat(indent)}`)
}

const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`

const header = ({ snapshot }: Report, style: Style): string => {
  const judged = snapshot.now === undefined ? 'no date given' : `as of ${snapshot.now}`
  const taken = snapshot.mode === 'cluster' ? 'cluster snapshot' : 'plain manifests'
  const clusters = snapshot.clusters === undefined ? '' : `, ${count(snapshot.clusters.length, 'managed cluster')}`
  return [
    style.bold('AKS checklist: cluster and application security'),
    style.dim(
      `${count(snapshot.resources, 'resource')} from ${count(snapshot.sources.length, 'source')} (${taken}${clusters}), ${judged}`,
    ),
  ].join('\n')
}

const phases = (report: Report, style: Style): readonly string[] => {
  const ids = [...new Set(report.items.map(({ phase }) => phase))]
  return ids.map((id) => {
    const items = report.items.filter(({ phase }) => phase === id)
    const own = new Set(items.map((item) => item.id))
    const questions = report.questions.filter((question) => own.has(question.items[0] ?? ''))
    return [
      style.bold(PHASES[id] ?? id),
      ...questions.flatMap(({ id: question, text, answer, reason }) => [
        `  ${answerText(answer, style)} ${style.bold(`${question} ${text}`)}`,
        `  ${' '.repeat(LABEL_WIDTH)} ${style.dim(wrapped(reason, 10))}`,
      ]),
      '',
      ...items.map(
        (item) => `  ${verdictText(item.verdict, style)} ${item.id}  ${item.title}${style.dim(counts(item))}`,
      ),
    ].join('\n')
  })
}

const counts = ({ controls }: Item): string => {
  const parts = [
    [controls.fail, 'failing'],
    [controls.unknown, 'unknown'],
    [controls.waived, 'waived'],
    [controls.pass, 'passing'],
  ] as const
  const shown = parts.filter(([n]) => n > 0).map(([n, label]) => `${n} ${label}`)
  return shown.length === 0 ? '' : `  (${shown.join(', ')})`
}

const isShown = (finding: Finding): boolean => finding.foldedInto === undefined && finding.waiver === undefined

const groupBy = <A>(entries: readonly A[], key: (entry: A) => string): ReadonlyMap<string, readonly A[]> => {
  const groups = new Map<string, A[]>()
  for (const entry of entries) {
    const group = groups.get(key(entry))
    if (group === undefined) groups.set(key(entry), [entry])
    else group.push(entry)
  }
  return groups
}

const findings = (report: Report, style: Style): readonly string[] => {
  const shown = groupBy(report.findings.filter(isShown), ({ item }) => item)
  const blocks = report.items.flatMap((item) => {
    const own = shown.get(item.id)
    if (own === undefined) return []
    const controls = [...groupBy(own, ({ controlId }) => controlId)].map(([, group]) => controlBlock(group, style))
    return [[style.bold(`${item.id}  ${item.title}`), ...controls].join('\n')]
  })
  return blocks.length === 0 ? [] : [style.bold(`Findings (${[...shown.values()].flat().length})`), ...blocks]
}

const controlBlock = (group: readonly Finding[], style: Style): string => {
  const shown = group.slice(0, SHOWN_PER_CONTROL)
  const more = group.length - shown.length
  const remedies = new Set(shown.map(({ remediation }) => remediation))
  const common = remedies.size === 1 ? shown[0]?.remediation : undefined
  const lines = shown.flatMap((finding) => findingLines(finding, style, common === undefined))
  return [
    ...lines,
    ...(more > 0 ? [style.dim(`    and ${more} more of ${shown[0]?.controlId}`)] : []),
    ...(common === undefined ? [] : [`    ${style.green('fix')} ${wrapped(printable(common), 8)}`]),
  ].join('\n')
}

const findingLines = (finding: Finding, style: Style, withRemedy: boolean): readonly string[] => [
  `  ${style.red('✗')} ${style.bold(printable(finding.message))}  ${severityText(finding.severity, style)} ${style.dim(finding.controlId)}`,
  `    ${resourceText(finding.resource)}${finding.location === undefined ? '' : `  ${style.cyan(place(finding.location))}`}`,
  ...(finding.excerpt === undefined || finding.excerpt === ''
    ? []
    : [`    ${style.dim(`${finding.location?.start.line ?? ''} │`)} ${printable(finding.excerpt)}`]),
  ...(withRemedy ? [`    ${style.green('fix')} ${wrapped(printable(finding.remediation), 8)}`] : []),
]

const unknowns = (report: Report, style: Style): readonly string[] => {
  const unknown = report.controls.filter(({ verdict }) => verdict === 'unknown')
  if (unknown.length === 0) return []
  const byMissing = groupBy(unknown, ({ missing }) => missing.join(', ') || 'more input')
  return [
    [
      style.bold(`Unknown (${unknown.length})`),
      ...[...byMissing].map(
        ([missing, controls]) =>
          `  ${style.yellow('?')} ${printable(missing)}\n    ${style.dim(controls.map(({ id }) => id).join(', '))}`,
      ),
      ...advice(report).map((line) => `  ${line}`),
    ].join('\n'),
  ]
}

/** What would turn unknown into an answer, in the words of the command. */
const advice = (report: Report): readonly string[] => {
  const missing = new Set(
    report.controls.filter(({ verdict }) => verdict === 'unknown').flatMap((control) => control.missing),
  )
  const names = [...missing]
  return [
    ...(names.some((name) => name.includes('managedClusters'))
      ? ['Give the output of `az aks show` beside the manifests.']
      : []),
    ...(names.some((name) => name.includes('Attestation'))
      ? ['Give an aks-checklist/v1 Attestation for what no manifest shows.']
      : []),
    ...(names.some((name) => /^[A-Z][A-Za-z]+(, [A-Z][A-Za-z]+)*$/.test(name) && !name.includes('Attestation')) &&
    report.snapshot.mode === 'manifests'
      ? ['If the input is all there is, say so with --complete.']
      : []),
    ...(report.snapshot.now === undefined && names.some((name) => name.includes('--now'))
      ? ['Give the date to judge at with --now.']
      : []),
  ]
}

const waived = (report: Report, style: Style): readonly string[] => {
  const own = report.findings.filter(({ waiver }) => waiver !== undefined)
  if (own.length === 0) return []
  return [
    [
      style.bold(`Waived (${own.length})`),
      ...own.map(
        ({ message, controlId, waiver, resource }) =>
          `  ${style.cyan('–')} ${printable(message)}, ${resourceText(resource)} ${style.dim(`${controlId}, until ${waiver?.until}: ${printable(waiver?.reason ?? '')}`)}`,
      ),
    ].join('\n'),
  ]
}

const problems = (report: Report, style: Style, verbose: boolean): readonly string[] => {
  const own = report.problems.filter(({ code }) => verbose || levelOf(code) !== 'note')
  if (own.length === 0) return []
  return [
    [
      style.bold(`Problems (${own.length})`),
      ...own.map(
        ({ message, location }) =>
          `  ${style.yellow('!')} ${location === undefined ? '' : `${place(location)}: `}${printable(message)}`,
      ),
    ].join('\n'),
  ]
}

const summary = (report: Report, style: Style): string => {
  const tally = (verdict: Verdict): number => report.controls.filter((control) => control.verdict === verdict).length
  const folded = report.findings.filter(({ foldedInto }) => foldedInto !== undefined).length
  const skipped = report.problems.filter(({ code }) => code === 'document-unidentified').length
  return [
    `${count(report.controls.length, 'control')}: ${style.green(`${tally('pass')} pass`)}, ${style.red(`${tally('fail')} fail`)}, ${style.yellow(`${tally('unknown')} unknown`)}, ${tally('waived')} waived, ${tally('not-applicable')} not applicable.`,
    ...(folded > 0 ? [style.dim(`${count(folded, 'finding')} shown under another control.`)] : []),
    ...(skipped > 0
      ? [style.dim(`${count(skipped, 'document')} without apiVersion and kind skipped; --verbose lists them.`)]
      : []),
  ].join('\n')
}
