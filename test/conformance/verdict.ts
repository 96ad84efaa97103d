import * as E from 'fp-ts/Either'
import type { Case } from './case'
import { judge, type Outcome } from './judge'

/** What became of a case. */
export interface Verdict {
  readonly note: string
  readonly state: 'passed' | 'failed' | 'needs a network'
  /** Why, where it failed. */
  readonly reason?: string
}

/** A case whose builtins are refused was not evaluated: only those that need a network are. */
export const verdictOf = ({ note, want }: Case, outcome: Outcome): Verdict => {
  if (E.isLeft(outcome) && outcome.left.code === 'policy-builtin-unsupported') return { note, state: 'needs a network' }
  const reason = judge(want, outcome)
  return reason === undefined ? { note, state: 'passed' } : { note, state: 'failed', reason }
}

/** For a case that something threw on. */
export const failed = ({ note }: Case, error: unknown): Verdict => ({ note, state: 'failed', reason: String(error) })
