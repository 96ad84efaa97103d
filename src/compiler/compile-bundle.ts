import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import { type PolicyProblem, problem } from '../problem'
import type { BundleSource } from '../rego/bundle/archive-bytes'
import { type Bundle, type BundlePolicy, type ReadBundleOptions, readBundle } from '../rego/bundle/bundle'
import { contains, rootTree } from '../rego/bundle/roots'
import { termText } from '../rego/input'
import type { RegoObject } from '../rego/value'
import { type CompiledRego, type CompileRegoOptions, compileRego } from './compile-rego'
import { type InspectedModule, inspectRego } from './inspect-rego'
import type { RegoSource } from './source'

export interface CompileBundleOptions extends ReadBundleOptions, Omit<CompileRegoOptions, 'data' | 'dataSources'> {}

/** A compiled bundle: `module` and `data` are what `loadPolicy` takes. */
export interface CompiledBundle extends Omit<CompiledRego, 'data'> {
  readonly data: RegoObject
  readonly bundle: Bundle
}

const sourceOf = ({ path, text, regoVersion }: BundlePolicy): E.Either<PolicyProblem, RegoSource> =>
  regoVersion === 'v2'
    ? E.left(problem('policy-bundle-malformed', { file: path, reason: 'Rego v2 is not supported' }))
    : E.right({ name: path, text, ...(regoVersion === undefined ? {} : { regoVersion }) })

const withinRoots = ({ roots }: Bundle, modules: readonly InspectedModule[]): E.Either<PolicyProblem, void> => {
  const tree = rootTree(roots)
  const outside = modules.find((module) => !contains(tree, module.package))
  return outside === undefined
    ? E.right(undefined)
    : E.left(problem('policy-bundle-roots', { file: outside.name, path: outside.package.join('/'), roots }))
}

const single = (found: PolicyProblem): readonly PolicyProblem[] => [found]

/**
 * Compiles the Rego of an OPA bundle, each file in the version that the manifest gives it. Each package must stand within the
 * roots of the bundle; its data is checked against the rules and given beside the module.
 *
 * @example
 * const compiled = await compileBundle(fetch('bundle.tar.gz'), { verification: { keys } })()
 */
export const compileBundle = (
  source: BundleSource,
  { maximumBytes, verification, ...options }: CompileBundleOptions = {},
): TE.TaskEither<readonly PolicyProblem[], CompiledBundle> =>
  pipe(
    readBundle(source, {
      ...(maximumBytes === undefined ? {} : { maximumBytes }),
      ...(verification === undefined ? {} : { verification }),
    }),
    TE.bindTo('bundle'),
    TE.bind('sources', ({ bundle }) => TE.fromEither(E.traverseArray(sourceOf)(bundle.policies))),
    TE.mapLeft(single),
    TE.chainFirst(({ bundle, sources }) =>
      pipe(
        inspectRego(sources, options),
        TE.chainEitherK((modules) => E.mapLeft(single)(withinRoots(bundle, modules))),
      ),
    ),
    // As text, which has every digit of its numbers.
    TE.bind('text', ({ bundle }) => TE.fromEither(E.mapLeft(single)(termText(bundle.data)))),
    TE.chain(({ bundle, sources, text }) =>
      pipe(
        compileRego(sources, { ...options, dataSources: [{ name: 'data.json', text, path: [] }] }),
        TE.map((compiled) => ({ ...compiled, data: bundle.data, bundle })),
      ),
    ),
  )
