import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import { type PolicyProblem, problem } from '../problem'
import { type Capabilities, type ChangeCapabilitiesOptions, startOf } from './capabilities'

/**
 * Capabilities without the named builtins: sources that call one are refused, with the place of the call.
 * Errors: a name that is no builtin, since forbidding it would protect from nothing.
 *
 * @example
 * pipe(forbid(['http.send']), TE.chain((capabilities) => checkRego(sources, { capabilities })))
 */
export const forbid = (
  names: readonly string[],
  options: ChangeCapabilitiesOptions = {},
): TE.TaskEither<readonly PolicyProblem[], Capabilities> =>
  pipe(
    startOf(options),
    TE.chain(({ capabilities, known }) => {
      const unknown = names.filter((name) => !known.has(name))
      return unknown.length > 0
        ? TE.left(unknown.map((name): PolicyProblem => problem('rego-builtin-unknown', { builtin: name })))
        : TE.right({ ...capabilities, builtins: capabilities.builtins.filter(({ name }) => !names.includes(name)) })
    }),
  )
