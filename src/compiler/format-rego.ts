import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import type { PolicyProblem } from '../problem'
import { callOn, type RegoOptions } from './call'
import type { RegoSource } from './source'

/** Writes each source as OPA's formatter does, in the order given. */
export const formatRego = (
  sources: readonly RegoSource[],
  options: RegoOptions = {},
): TE.TaskEither<readonly PolicyProblem[], readonly RegoSource[]> =>
  pipe(
    callOn('format', { sources }, options, {}),
    TE.map((formatted) => formatted.sources),
  )
