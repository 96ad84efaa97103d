import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import { forbid, type RegoOptions } from '../../compiler/index'
import { type Problem, problem } from '../../problem'
import { oneOf } from '../options'

/** What several policy commands take. */
export interface RegoFlags {
  readonly regoVersion: string
  readonly forbid?: readonly string[]
}

/** How the Rego of the user is read, and what it may call. */
export const regoSettings = async (flags: RegoFlags): Promise<E.Either<readonly Problem[], RegoOptions>> => {
  const version = oneOf('--rego-version', flags.regoVersion, ['v0', 'v1'])
  if (E.isLeft(version)) return E.left([version.left])
  const regoVersion = version.right
  return flags.forbid === undefined
    ? E.right({ regoVersion })
    : pipe(
        await forbid(flags.forbid, { regoVersion })(),
        E.map((capabilities) => ({ regoVersion, capabilities })),
      )
}

const UNDEFINED_FUNCTION = /^undefined function (\S+)/

/** What OPA says of a forbidden builtin, "undefined function", as what it is. */
export const tellForbidden =
  (forbidden: readonly string[]) =>
  (found: Problem): Problem => {
    const name = found.code === 'rego-error' ? UNDEFINED_FUNCTION.exec(found.data.reason)?.[1] : undefined
    return name !== undefined && forbidden.includes(name)
      ? problem('rego-error', { regoCode: 'forbidden_builtin', reason: `${name} is forbidden` }, found.location)
      : found
  }
