import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import { type PolicyProblem, problem } from '../../problem'
import { type LoadPolicyOptions, loadPolicy, type Policy } from '../policy'
import type { BundleSource } from './archive-bytes'
import { type Bundle, type ReadBundleOptions, readBundle } from './bundle'
import { type BundleFile, pathOf } from './file'

export interface LoadBundleOptions extends ReadBundleOptions, Omit<LoadPolicyOptions, 'wasm' | 'data'> {
  /** The path of the module to load, where the bundle has several: `authz/policy.wasm`. */
  readonly module?: string
}

/** A policy with the bundle that it came in. */
export interface BundledPolicy extends Policy {
  readonly bundle: Bundle
}

const moduleOf = ({ modules, policies }: Bundle, wanted: string | undefined): E.Either<PolicyProblem, BundleFile> => {
  const named = wanted === undefined ? undefined : pathOf(wanted)
  const [module, ...others] = modules.filter(({ path }) => named === undefined || path === named)
  if (module !== undefined && others.length === 0) return E.right(module)
  if (modules.length === 0) return E.left(problem('policy-bundle-uncompiled', { policies: policies.length }))
  const present = modules.map(({ path }) => path).join(', ')
  const reason =
    named === undefined ? `it has several modules, name one: ${present}` : `it has no ${named} but ${present}`
  return E.left(problem('policy-bundle-malformed', { reason }))
}

/**
 * Loads the compiled policy of an OPA bundle over the bundle's data.
 *
 * @example
 * const policy = await loadBundle(fetch('bundle.tar.gz'), { verification: { keys } })()
 */
export const loadBundle = (
  source: BundleSource,
  { module, maximumBytes, verification, ...options }: LoadBundleOptions = {},
): TE.TaskEither<PolicyProblem, BundledPolicy> =>
  pipe(
    readBundle(source, {
      ...(maximumBytes === undefined ? {} : { maximumBytes }),
      ...(verification === undefined ? {} : { verification }),
    }),
    TE.bindTo('bundle'),
    TE.bind('file', ({ bundle }) => TE.fromEither(moduleOf(bundle, module))),
    TE.chain(({ bundle, file }) =>
      pipe(
        loadPolicy({ ...options, wasm: file.bytes, data: bundle.data }),
        TE.map((policy): BundledPolicy => ({ ...policy, bundle })),
      ),
    ),
  )
