import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import { isObject, type JsonObject } from '../json'
import { type PolicyProblem, problem } from '../problem'
import type { BundleSource } from '../rego/bundle/archive-bytes'
import { type Bundle, type ReadBundleOptions, readBundle } from '../rego/bundle/bundle'
import { contains } from '../rego/bundle/roots'
import { type RegoObject, toJson } from '../rego/value'
import { type CompiledRego, type CompileRegoOptions, compileRego } from './compile-rego'
import { type InspectedModule, inspectRego } from './inspect-rego'
import type { RegoSource } from './source'

export interface CompileBundleOptions extends ReadBundleOptions, Omit<CompileRegoOptions, 'data' | 'entrypoints'> {
  /** Paths of what can be asked. Default: what METADATA with `entrypoint: true` stands on. */
  readonly entrypoints?: readonly string[]
}

/** A compiled bundle: `module` and `data` are what `loadPolicy` takes. */
export interface CompiledBundle extends CompiledRego {
  readonly data: RegoObject
  readonly bundle: Bundle
}

type RegoVersion = NonNullable<CompileRegoOptions['regoVersion']>

const isSupported = (version: string): version is RegoVersion => version === 'v0' || version === 'v1'

/** The one version of all Rego files; the compiler reads all of them in the same way. */
const versionOf = ({ policies }: Bundle, fallback: RegoVersion): E.Either<PolicyProblem, RegoVersion> => {
  const versions = [...new Set(policies.map(({ regoVersion = fallback }) => regoVersion))].sort()
  const [version = fallback] = versions
  const refused = (reason: string) => E.left(problem('policy-bundle-malformed', { file: '.manifest', reason }))
  if (versions.length > 1) return refused(`Rego files of several versions (${versions.join(', ')}) are not supported`)
  return isSupported(version) ? E.right(version) : refused(`Rego ${version} is not supported`)
}

const withinRoots = ({ roots }: Bundle, modules: readonly InspectedModule[]): E.Either<PolicyProblem, void> => {
  const outside = modules.find((module) => !contains(roots, module.package))
  return outside === undefined
    ? E.right(undefined)
    : E.left(problem('policy-bundle-roots', { file: outside.name, path: outside.package.join('/'), roots }))
}

const annotatedEntrypoints = (modules: readonly InspectedModule[]): readonly string[] => [
  ...new Set(
    modules.flatMap(({ annotations }) =>
      annotations.filter(({ entrypoint }) => entrypoint).map(({ path }) => path.join('/')),
    ),
  ),
]

/** The compiler takes data as JSON, to check it against the rules and for the optimiser. */
const jsonOf = (data: RegoObject): JsonObject => {
  const json = toJson(data)
  return isObject(json) ? json : {}
}

const single = (found: PolicyProblem): readonly PolicyProblem[] => [found]

/**
 * Compiles the Rego of an OPA bundle. Each package must stand within the roots of the bundle; its data is checked against the
 * rules and given beside the module. With `optimization` a number of the data that is no double counts as the nearest one.
 *
 * @example
 * const compiled = await compileBundle(fetch('bundle.tar.gz'), { verification: { keys } })()
 */
export const compileBundle = (
  source: BundleSource,
  { maximumBytes, verification, entrypoints, regoVersion = 'v1', ...options }: CompileBundleOptions = {},
): TE.TaskEither<readonly PolicyProblem[], CompiledBundle> =>
  pipe(
    readBundle(source, {
      ...(maximumBytes === undefined ? {} : { maximumBytes }),
      ...(verification === undefined ? {} : { verification }),
    }),
    TE.bindTo('bundle'),
    TE.bind('version', ({ bundle }) => TE.fromEither(versionOf(bundle, regoVersion))),
    TE.mapLeft(single),
    TE.chain(({ bundle, version }) => {
      const sources: readonly RegoSource[] = bundle.policies.map(({ path, text }) => ({ name: path, text }))
      const rego = { ...options, regoVersion: version }
      return pipe(
        inspectRego(sources, rego),
        TE.chainFirstEitherK((modules) => E.mapLeft(single)(withinRoots(bundle, modules))),
        TE.chain((modules) =>
          compileRego(sources, {
            ...rego,
            entrypoints: entrypoints ?? annotatedEntrypoints(modules),
            data: jsonOf(bundle.data),
          }),
        ),
        TE.map((compiled) => ({ ...compiled, data: bundle.data, bundle })),
      )
    }),
  )
