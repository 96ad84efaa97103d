import type { Outcome } from '../evaluation/outcome'
import type { Finding } from './finding'

export const VERDICTS = ['pass', 'fail', 'unknown', 'not-applicable', 'waived'] as const

/** A control's outcome; `waived` when all its findings are. */
export type Verdict = (typeof VERDICTS)[number]

/** A control's verdict and what stands behind it. */
export interface ControlVerdict {
  readonly controlId: string
  readonly verdict: Verdict
  /** Targets the control was applied to. */
  readonly checked: number
  /** Findings that are not waived, folded ones too. */
  readonly failed: number
  readonly undecided: number
  readonly waived: number
  /** What to give so that the undecided can be judged. */
  readonly missing: readonly string[]
}

/**
 * In this order: a finding that is not waived: fail; only waived ones: waived; something undecided, or nothing to judge while a needed
 * kind is not completely collected: unknown; something judged: pass; else not applicable.
 */
export const verdictOf = (outcome: Outcome, findings: readonly Finding[]): ControlVerdict => {
  const waived = findings.filter((finding) => finding.waiver !== undefined).length
  const failed = findings.length - waived
  const nothingSeen = outcome.subjects === 0 && outcome.unmet.length > 0
  const missing = new Set(outcome.undecided.map((row) => row.missing))
  if (findings.length === 0 && missing.size === 0 && nothingSeen) for (const kind of outcome.unmet) missing.add(kind)
  const verdict =
    failed > 0
      ? 'fail'
      : waived > 0
        ? 'waived'
        : outcome.undecided.length > 0 || nothingSeen
          ? 'unknown'
          : outcome.subjects > 0
            ? 'pass'
            : 'not-applicable'
  return {
    controlId: outcome.control.id,
    verdict,
    checked: outcome.subjects,
    failed,
    undecided: outcome.undecided.length,
    waived,
    missing: [...missing].sort(),
  }
}
