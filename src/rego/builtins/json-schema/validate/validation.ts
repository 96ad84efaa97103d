import type { Subschema } from '../schema'
import type { Outcome } from './outcome'
import type { Place } from './place'

/** Validation as a keyword that holds schemas needs it. */
export interface Validation {
  /** What comes out by itself, which a keyword may count or leave aside. */
  readonly outcome: (schema: Subschema, place: Place) => Outcome
  /** Adds to what has come out so far. */
  readonly validate: (schema: Subschema, place: Place, outcome: Outcome) => void
}
