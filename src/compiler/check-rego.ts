import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import type { PolicyProblem } from '../problem'
import { callOn, type RegoOptions } from './call'
import type { RegoSource } from './source'

export interface CheckRegoOptions extends RegoOptions {
  /** Refuses unused imports and variables and what else OPA calls strict. Default: true. */
  readonly strict?: boolean
}

/** Checks Rego without compiling it: syntax, types, safety, METADATA. All problems at once. */
export const checkRego = (
  sources: readonly RegoSource[],
  options: CheckRegoOptions = {},
): TE.TaskEither<readonly PolicyProblem[], void> =>
  pipe(
    callOn('check', sources, options, { strict: options.strict ?? true }),
    TE.map(() => undefined),
  )
