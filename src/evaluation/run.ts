import type { Control } from '../catalogue/control'
import type { JsonObject } from '../json'
import type { PolicyProblem } from '../problem'
import type { Snapshot } from '../snapshot/snapshot'
import type { OutcomeCollector } from './collector'
import type { Rows } from './outcome'

/** A failed call ends the evaluation; kept apart from the layers' own flow. */
export class EvaluationFailure extends Error {
  constructor(readonly problem: PolicyProblem) {
    super(problem.message)
  }
}

/** What the three kinds of units share: the call into the policy, and where rows are gathered. */
export interface Run {
  readonly snapshot: Snapshot
  readonly parameters: Readonly<Record<string, JsonObject>>
  /** One namespace or cluster unit, whose input for some controls is given by the function: rows by control. */
  readonly call: (controls: readonly Control[], input: (controls: readonly Control[]) => string) => readonly Rows[]
  /** Many resource units by their texts: rows by unit, then by control. */
  readonly callMany: (controls: readonly Control[], texts: readonly string[]) => readonly (readonly Rows[])[]
  readonly collector: (control: Control) => OutcomeCollector
}
