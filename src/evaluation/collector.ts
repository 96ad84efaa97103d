import type { Control } from '../catalogue/control'
import type { Snapshot } from '../snapshot/snapshot'
import type { Outcome, Rows, Target, Undecided, Violation } from './outcome'

/** Gathers the rows of one control over all its units. */
export class OutcomeCollector {
  readonly #violations: Violation[] = []
  readonly #undecided: Undecided[] = []
  readonly #unmet = new Set<string>()
  readonly #subjects = new Set<unknown>()

  constructor(
    readonly control: Control,
    readonly snapshot: Snapshot,
  ) {}

  /**
   * Adds one unit's rows. A violation that rests on what is absent is undecided where a needed kind is not complete;
   * one that was observed stands.
   */
  add(rows: Rows, targetOf: (ref: number) => Target, subjects: readonly unknown[], namespace?: string): void {
    const unmet = this.noteNeeds(namespace)
    for (const row of rows.violations) {
      const { ref, path, args, observed } = row
      if (unmet.length > 0 && !observed)
        this.#undecided.push({ target: targetOf(ref), path, missing: unmet.join(', ') })
      else this.#violations.push({ target: targetOf(ref), path, args, severity: row.severity ?? this.control.severity })
    }
    for (const { ref, path, missing } of rows.undecided) this.#undecided.push({ target: targetOf(ref), path, missing })
    for (const subject of subjects) this.#subjects.add(subject)
  }

  /** A control that cannot be judged at all. */
  undecidable(target: Target, missing: string): void {
    this.#undecided.push({ target, path: [], missing })
  }

  /** The needed kinds that are not complete here. */
  noteNeeds(namespace?: string): readonly string[] {
    const unmet = this.control.needs.filter((kind) => !this.snapshot.isComplete(kind, namespace))
    for (const kind of unmet) this.#unmet.add(kind)
    return unmet
  }

  outcome(): Outcome {
    if (this.#subjects.size === 0) this.noteNeeds()
    return {
      control: this.control,
      violations: this.#violations,
      undecided: this.#undecided,
      subjects: this.#subjects.size,
      unmet: [...this.#unmet].sort(),
    }
  }
}
