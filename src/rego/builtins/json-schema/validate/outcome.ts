import type { Failure } from './failure'
import type { Place } from './place'

export interface FailureAt extends Failure {
  /** Where it is, as OPA writes places: `(Root)`, `spec.containers.0`. */
  readonly field: string
}

/**
 * What came out of validation: failures, and a score by which OPA takes one of several schemas for the one that was meant. Grows while
 * the instance is gone through.
 */
export class Outcome {
  readonly #failures: FailureAt[] = []
  #score = 0

  get failures(): readonly FailureAt[] {
    return this.#failures
  }

  get isValid(): boolean {
    return this.#failures.length === 0
  }

  /** A group of keywords was gone through. */
  pass(): void {
    this.#score += 1
  }

  fail(place: Place, { type, description }: Failure): void {
    this.#failures.push({ type, description, field: place.field })
    this.#score -= 2
  }

  merge(other: Outcome): void {
    for (const failure of other.#failures) this.#failures.push(failure)
    this.#score += other.#score
  }

  isBetterThan(other: Outcome | undefined): boolean {
    return other === undefined || this.#score > other.#score
  }
}
