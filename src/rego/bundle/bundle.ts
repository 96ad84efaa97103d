import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import type { JsonObject } from '../../json'
import { type PolicyProblem, problem } from '../../problem'
import { type RegoObject, toJson } from '../value'
import { archiveBytes, type BundleSource } from './archive-bytes'
import { mergeData } from './data'
import { type Documents, only, readDocuments } from './document'
import {
  type BundleFile,
  baseName,
  isManifest,
  isModule,
  isPolicy,
  isProtoManifest,
  isSignatures,
  textOf,
} from './file'
import { type BundleEntrypoint, type BundleRegoVersion, type Manifest, readManifest } from './manifest'
import type { BundleVerification } from './verification'

/** 256 MiB. */
const DEFAULT_MAXIMUM_BYTES = 268_435_456

export interface ReadBundleOptions {
  /** The most bytes of the archive after inflating; default 268,435,456 (256 MiB). Aliases in YAML may not expand beyond it. */
  readonly maximumBytes?: number
  /**
   * The keys that must vouch for the bundle. Without it an unsigned bundle is read, and a signed one is refused, as by OPA;
   * `'skip'` reads a signed one without a look at its signature.
   */
  readonly verification?: BundleVerification | 'skip'
}

/** A Rego text of a bundle. */
export interface BundlePolicy {
  readonly path: string
  readonly text: string
  /** As the manifest says; absent where it says nothing. */
  readonly regoVersion?: BundleRegoVersion
}

/** What an OPA bundle holds. */
export interface Bundle {
  readonly revision: string
  /** The places under `data` that it owns, with slashes; `''` is all of it. */
  readonly roots: readonly string[]
  readonly metadata: JsonObject
  /** All data files as one document, numbers as they were written. */
  readonly data: RegoObject
  readonly policies: readonly BundlePolicy[]
  /** Compiled policies. */
  readonly modules: readonly BundleFile[]
  /** What the compiled policies answer, with METADATA, as the manifest lists it. */
  readonly entrypoints: readonly BundleEntrypoint[]
  /** The id of the key that vouches for it; absent where nothing was verified. */
  readonly signedBy?: string
}

const reasonOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))

const failed = (cause: unknown): PolicyProblem => problem('policy-bundle-malformed', { reason: reasonOf(cause) })

const damaged = (cause: unknown): PolicyProblem =>
  problem('policy-bundle-malformed', { reason: `no tar archive, or a damaged one (${reasonOf(cause)})` })

const unpacked = (archive: Uint8Array): TE.TaskEither<PolicyProblem, readonly BundleFile[]> =>
  pipe(
    TE.tryCatch(() => import('./unpack'), failed),
    TE.chain(({ unpack }) => TE.tryCatch(() => unpack(archive), damaged)),
    TE.chainEitherK((files) => files),
  )

const unsupported = (path: string): string | undefined => {
  if (baseName(path) === 'patch.json') return 'a delta bundle is a change to another bundle; give the whole one'
  return isProtoManifest(path)
    ? 'a manifest in Protocol Buffers cannot be read; build the bundle with one in JSON'
    : undefined
}

const supported = (files: readonly BundleFile[]): E.Either<PolicyProblem, readonly BundleFile[]> => {
  for (const { path } of files) {
    const reason = unsupported(path)
    if (reason !== undefined) return E.left(problem('policy-bundle-malformed', { file: path, reason }))
  }
  return E.right(files)
}

/** A walk over a document may need more of the stack than its reader took: that is told, and never thrown. */
const unlessTooDeep = <A>(reading: TE.TaskEither<PolicyProblem, A>): TE.TaskEither<PolicyProblem, A> =>
  pipe(
    TE.tryCatch(reading, (cause) =>
      cause instanceof RangeError
        ? problem('policy-bundle-malformed', { reason: 'a document in it is nested too deeply' })
        : failed(cause),
    ),
    TE.chainEitherK((read) => read),
  )

/** The id of the key that vouches for the files, or nothing where none is asked to. */
const vouched = (
  signature: BundleFile | undefined,
  files: readonly BundleFile[],
  documents: Documents,
  verification: ReadBundleOptions['verification'],
): TE.TaskEither<PolicyProblem, string | undefined> => {
  if (verification === 'skip' || (verification === undefined && signature === undefined)) return TE.right(undefined)
  if (verification === undefined) return TE.left(problem('policy-bundle-signature', { fault: 'no-key' }))
  if (signature === undefined) return TE.left(problem('policy-bundle-signature', { fault: 'absent' }))
  return pipe(
    TE.tryCatch(() => import('./signature'), failed),
    TE.chain(({ verify }) => verify(signature, files, documents, verification)),
  )
}

const policyOf =
  ({ regoVersionOf }: Manifest) =>
  (file: BundleFile): E.Either<PolicyProblem, BundlePolicy> => {
    const text = textOf(file)
    if (text === undefined) {
      return E.left(problem('policy-bundle-malformed', { file: file.path, reason: 'it is not UTF-8' }))
    }
    const regoVersion = regoVersionOf(file.path)
    return E.right({ path: file.path, text, ...(regoVersion === undefined ? {} : { regoVersion }) })
  }

const assembled = (files: readonly BundleFile[], documents: Documents): E.Either<PolicyProblem, Bundle> => {
  const modules = files.filter(({ path }) => isModule(path))
  const paths = modules.map(({ path }) => path)
  return pipe(
    only(files, isManifest),
    E.chain((file) => readManifest(file?.path ?? '.manifest', toJson(documents.get(file?.path ?? '') ?? {}), paths)),
    E.bindTo('manifest'),
    E.bind('data', ({ manifest: { roots } }) => mergeData(documents, roots)),
    E.bind('policies', ({ manifest }) =>
      pipe(
        files.filter(({ path }) => isPolicy(path)),
        E.traverseArray(policyOf(manifest)),
      ),
    ),
    E.map(({ manifest: { revision, roots, metadata, entrypoints }, data, policies }) => ({
      revision,
      roots,
      metadata,
      data,
      policies,
      modules,
      entrypoints,
    })),
  )
}

const bundleFiles = (source: BundleSource, maximumBytes: number): TE.TaskEither<PolicyProblem, readonly BundleFile[]> =>
  pipe(archiveBytes(source, maximumBytes), TE.chain(unpacked), TE.chainEitherK(supported))

/** The files of a bundle whose signature, where there is one, holds. */
const vouchedFiles = (
  source: BundleSource,
  { maximumBytes = DEFAULT_MAXIMUM_BYTES, verification }: ReadBundleOptions,
) =>
  pipe(
    bundleFiles(source, maximumBytes),
    TE.bindTo('files'),
    TE.bind('signature', ({ files }) => TE.fromEither(only(files, isSignatures))),
    TE.bind('documents', ({ files }) => readDocuments(files, maximumBytes)),
    TE.bind('signedBy', ({ files, signature, documents }) => vouched(signature, files, documents, verification)),
  )

/** The files of a bundle as they are, for who reads more of it than OPA does; verified as by `readBundle`. */
export const readBundleFiles = (
  source: BundleSource,
  options: ReadBundleOptions = {},
): TE.TaskEither<PolicyProblem, readonly BundleFile[]> =>
  pipe(
    vouchedFiles(source, options),
    TE.map(({ files }) => files.filter(({ path }) => !isSignatures(path))),
    unlessTooDeep,
  )

/**
 * Reads an OPA bundle: `policy.wasm` or Rego, data, manifest and signature. Nothing of it is used before the signature holds.
 *
 * @example
 * const bundle = await readBundle(fetch('bundle.tar.gz'), { verification: { keys: [{ id, key, algorithm: 'ES256' }] } })()
 */
export const readBundle = (
  source: BundleSource,
  options: ReadBundleOptions = {},
): TE.TaskEither<PolicyProblem, Bundle> =>
  pipe(
    vouchedFiles(source, options),
    TE.chainEitherK(({ files, documents, signedBy }) =>
      pipe(
        assembled(files, documents),
        E.map((bundle) => (signedBy === undefined ? bundle : { ...bundle, signedBy })),
      ),
    ),
    unlessTooDeep,
  )
