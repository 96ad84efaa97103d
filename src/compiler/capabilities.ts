import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import type * as t from 'io-ts'
import { type PolicyProblem, problem } from '../problem'
import { callOn, type RegoOptions } from './call'
import type { capabilities } from './reply'

/** OPA's capabilities document: the builtins and language features that sources may use. */
export type Capabilities = t.TypeOf<typeof capabilities>

export type CapabilitiesOptions = Pick<RegoOptions, 'regoVersion' | 'compiler'>

/** Everything that this OPA has, for sources of a Rego version. */
export const regoCapabilities = (
  options: CapabilitiesOptions = {},
): TE.TaskEither<readonly PolicyProblem[], Capabilities> => callOn('capabilities', { sources: [] }, options, {})

/**
 * Capabilities without the named builtins: sources that call one are refused, with the place of the call.
 * Errors: a name that is no builtin, since forbidding it would protect from nothing.
 *
 * @example
 * pipe(forbid(['http.send']), TE.chain((capabilities) => checkRego(sources, { capabilities })))
 */
export const forbid = (
  names: readonly string[],
  options: CapabilitiesOptions = {},
): TE.TaskEither<readonly PolicyProblem[], Capabilities> =>
  pipe(
    regoCapabilities(options),
    TE.chain((all) => {
      const known = new Set(all.builtins.map(({ name }) => name))
      const unknown = names.filter((name) => !known.has(name))
      return unknown.length > 0
        ? TE.left(unknown.map((name): PolicyProblem => problem('rego-builtin-unknown', { builtin: name })))
        : TE.right({ ...all, builtins: all.builtins.filter(({ name }) => !names.includes(name)) })
    }),
  )
