import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as t from 'io-ts'
import { decode, jsonObject, pathText } from '../../codec'
import { isObject, type Json, type JsonObject } from '../../json'
import { type PolicyProblem, problem } from '../../problem'
import { compareStrings } from '../key-order'
import { pathOf } from './file'
import { pathPattern } from './path-pattern'
import { contains, normalRoot, overlap, rootTree } from './roots'

/** The language of a Rego text. */
export type BundleRegoVersion = 'v0' | 'v1' | 'v2'

/** What the manifest says of an entrypoint of a compiled policy. */
export interface BundleEntrypoint {
  /** With slashes and without `data`. */
  readonly path: string
  /** The file of the module that answers it. */
  readonly module: string
  /** Its METADATA as OPA writes it: `scope`, `title`, `description`, `custom` and others. */
  readonly annotations: readonly JsonObject[]
}

/** What a bundle says of itself. A bundle without a manifest has no revision and owns all of `data`. */
export interface Manifest {
  readonly revision: string
  /** The places under `data` that the bundle owns, with slashes; `''` is all of it. */
  readonly roots: readonly string[]
  readonly metadata: JsonObject
  readonly entrypoints: readonly BundleEntrypoint[]
  /** The version that the manifest gives a Rego file, if it gives one. */
  readonly regoVersionOf: (path: string) => BundleRegoVersion | undefined
}

const version = t.union([t.literal(0), t.literal(1), t.literal(2)])
const VERSIONS = ['v0', 'v1', 'v2'] as const

const resolver = t.intersection([
  t.type({ entrypoint: t.string, module: t.string }),
  t.partial({ annotations: t.readonlyArray(jsonObject) }),
])

const manifest = t.partial({
  revision: t.string,
  roots: t.readonlyArray(t.string),
  rego_version: version,
  file_rego_versions: t.record(t.string, version),
  wasm: t.readonlyArray(resolver),
  metadata: jsonObject,
})

const malformed = (file: string, reason: string): PolicyProblem => problem('policy-bundle-malformed', { file, reason })

/** A member that is null is one that is absent. */
const withoutNulls = (value: Json): Json =>
  isObject(value) ? Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null)) : value

const decoded = (file: string, value: Json): E.Either<PolicyProblem, t.TypeOf<typeof manifest>> =>
  pipe(
    decode(manifest, withoutNulls(value)),
    E.mapLeft(({ path, expected }) =>
      malformed(file, path.length === 0 ? `expected ${expected}` : `${pathText(path)}: expected ${expected}`),
    ),
  )

/** Patterns in order, so that of two that fit the same one decides each time. */
const versionsByPattern = (
  file: string,
  versions: Readonly<Record<string, t.TypeOf<typeof version>>>,
): E.Either<PolicyProblem, (path: string) => BundleRegoVersion | undefined> => {
  const patterns = Object.keys(versions).sort(compareStrings)
  const alternatives = patterns.find((pattern) => /[{}]/.test(pattern))
  if (alternatives !== undefined) {
    return E.left(malformed(file, `file_rego_versions: alternatives in braces are not supported: ${alternatives}`))
  }
  const rules = patterns.map((pattern) => ({ fits: pathPattern(pattern), version: versions[pattern] }))
  return E.right((path) => {
    // OPA writes the paths with a leading slash; an archive made by tar has none.
    const found = rules.find(({ fits }) => fits(`/${path}`) || fits(path))?.version
    return found === undefined ? undefined : VERSIONS[found]
  })
}

/** Reads the manifest: its roots must not overlap, and each entrypoint stands within them, once, in a module of the bundle. */
export const readManifest = (
  file: string,
  value: Json,
  modules: readonly string[],
): E.Either<PolicyProblem, Manifest> =>
  pipe(
    decoded(file, value),
    E.bindTo('given'),
    E.bind('byPattern', ({ given }) => versionsByPattern(file, given.file_rego_versions ?? {})),
    E.chain(({ given, byPattern }) => {
      const roots = (given.roots ?? ['']).map(normalRoot)
      const clash = overlap(roots)
      const tree = rootTree(roots)
      if (clash !== undefined) return E.left(malformed(file, `the roots "${clash[0]}" and "${clash[1]}" overlap`))
      const entrypoints = (given.wasm ?? []).map(({ entrypoint, module, annotations = [] }) => ({
        path: entrypoint,
        module: pathOf(module),
        annotations,
      }))
      const seen = new Set<string>()
      for (const { path, module } of entrypoints) {
        if (!modules.includes(module)) return E.left(malformed(file, `${module} is named and is not in the bundle`))
        if (!contains(tree, path.split('/'))) return E.left(problem('policy-bundle-roots', { file, path, roots }))
        if (seen.has(path)) return E.left(malformed(file, `the entrypoint ${path} is named twice`))
        seen.add(path)
      }
      const general = given.rego_version === undefined ? undefined : VERSIONS[given.rego_version]
      return E.right({
        revision: given.revision ?? '',
        roots,
        metadata: given.metadata ?? {},
        entrypoints,
        regoVersionOf: (path) => byPattern(path) ?? general,
      })
    }),
  )
