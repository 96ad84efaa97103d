import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import type { JsonObject } from '../json'
import type { PolicyProblem } from '../problem'
import { callOn, type RegoOptions } from './call'
import { type DataOptions, dataRequest } from './data'
import type { RegoSource } from './source'

export interface CheckRegoOptions extends RegoOptions, DataOptions {
  /** Refuses unused imports and variables and what else OPA calls strict. Default: true. */
  readonly strict?: boolean
  /** A JSON Schema that `input` fits: references to what it does not allow are type errors. */
  readonly inputSchema?: JsonObject
  /** JSON Schemas that METADATA refers to, by their name with slashes: `kubernetes/pod` for `schema.kubernetes.pod`. */
  readonly schemas?: Readonly<Record<string, JsonObject>>
}

/**
 * Checks Rego without compiling it: syntax, types, safety, METADATA, and rules that stand where data does. All problems at
 * once; OPA knows no warnings, only what it refuses and what it refuses when strict.
 */
export const checkRego = (
  sources: readonly RegoSource[],
  options: CheckRegoOptions = {},
): TE.TaskEither<readonly PolicyProblem[], void> =>
  pipe(
    callOn('check', { ...options, sources }, options, {
      ...dataRequest(options),
      strict: options.strict ?? true,
      ...(options.inputSchema === undefined ? {} : { inputSchema: options.inputSchema }),
      schemas: options.schemas ?? {},
    }),
    TE.map(() => undefined),
  )
