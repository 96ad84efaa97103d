import { version } from '../../package.json'
import type { ItemAnswer, QuestionAnswer } from '../answer/answers'
import type { Catalogue } from '../catalogue/catalogue'
import type { Finding } from '../finding/finding'
import type { ControlVerdict } from '../finding/verdict'
import type { Problem, ProblemCode } from '../problem'
import type { Snapshot } from '../snapshot/snapshot'
import { type ReportData, SCHEMA_VERSION } from './report'

/** The answer to the checklist: `ReportData` with findings and problem codes as the closed unions they are. */
export type Report = Omit<ReportData, 'findings' | 'problems'> & {
  readonly findings: readonly Finding[]
  readonly problems: readonly (ReportData['problems'][number] & { readonly code: ProblemCode })[]
}

export interface ReportParts {
  readonly snapshot: Snapshot
  readonly sources: readonly string[]
  readonly catalogue: Catalogue
  readonly questions: readonly QuestionAnswer[]
  readonly items: readonly ItemAnswer[]
  readonly verdicts: readonly ControlVerdict[]
  readonly findings: readonly Finding[]
  readonly problems: readonly Problem[]
}

/** Puts the parts into the report's shape. */
export const buildReport = (parts: ReportParts): Report => ({
  schemaVersion: SCHEMA_VERSION,
  tool: { name: 'aks-checklist', version },
  snapshot: {
    ...(parts.snapshot.takenAt === undefined ? {} : { takenAt: parts.snapshot.takenAt }),
    ...(parts.snapshot.now === undefined ? {} : { now: parts.snapshot.now }),
    mode: parts.snapshot.mode,
    sources: parts.sources,
    resources: parts.snapshot.resources.length,
    collected: parts.snapshot.collected,
    ...(parts.snapshot.managedClusters.length === 0
      ? {}
      : { clusters: parts.snapshot.managedClusters.map(({ name }) => name) }),
  },
  questions: parts.questions.map(({ question, answer, items, reason }) => ({
    id: question.id,
    text: question.text,
    answer,
    items,
    reason,
  })),
  items: parts.items.map(({ item, verdict, counts, reason }) => ({
    id: item.id,
    phase: item.phase,
    title: item.title,
    verdict,
    reason,
    controls: counts,
  })),
  controls: parts.verdicts.flatMap(({ controlId, verdict, checked, failed, undecided, waived, missing }) => {
    const control = parts.catalogue.control(controlId)
    if (control === undefined) return []
    const { id, item, tier, severity } = control
    return [{ id, item, tier, severity, verdict, checked, failed, undecided, waived, missing }]
  }),
  findings: parts.findings,
  problems: parts.problems.map(({ code, message, location }) => ({
    code,
    message,
    ...(location === undefined ? {} : { location }),
  })),
})
