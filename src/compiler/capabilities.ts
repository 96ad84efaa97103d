import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import type * as t from 'io-ts'
import type { PolicyProblem } from '../problem'
import { callOn, type RegoOptions } from './call'
import type { capabilities } from './reply'

/** OPA's capabilities document: the builtins and language features that sources may use. */
export type Capabilities = t.TypeOf<typeof capabilities>

export type CapabilitiesOptions = Pick<RegoOptions, 'regoVersion' | 'compiler'>

/** What `forbid` and `declareBuiltins` take: each can start from what the other made. */
export interface ChangeCapabilitiesOptions extends CapabilitiesOptions {
  /** What to start from. Default: all that OPA has for sources of `regoVersion`. */
  readonly capabilities?: Capabilities
}

/** Everything that this OPA has, for sources of a Rego version. */
export const regoCapabilities = (
  options: CapabilitiesOptions = {},
): TE.TaskEither<readonly PolicyProblem[], Capabilities> => callOn('capabilities', { sources: [] }, options, {})

/** What a change starts from. */
export interface Start {
  readonly capabilities: Capabilities
  /** The names of its builtins and of all of OPA's, those among them that were forbidden before. */
  readonly known: ReadonlySet<string>
}

export const startOf = ({
  capabilities,
  ...options
}: ChangeCapabilitiesOptions): TE.TaskEither<readonly PolicyProblem[], Start> =>
  pipe(
    regoCapabilities(options),
    TE.map((all) => ({
      capabilities: capabilities ?? all,
      known: new Set([...all.builtins, ...(capabilities?.builtins ?? [])].map(({ name }) => name)),
    })),
  )
