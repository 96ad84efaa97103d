import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import * as t from 'io-ts'
import { decode, pathText } from '../../codec'
import { type BundleSignatureFault, type PolicyProblem, problem } from '../../problem'
import { digestOf, digestOfValue, isDigestAlgorithm } from './digest'
import type { Documents } from './document'
import { type BundleFile, isSignatures, isStructured, pathOf, textOf } from './file'
import { verifiedClaims } from './jws'
import { pathPattern } from './path-pattern'
import type { BundleVerification } from './verification'

const signatures = t.intersection([t.type({ signatures: t.readonlyArray(t.string) }), t.partial({ plugin: t.string })])

const listedFile = t.type({ name: t.string, hash: t.string, algorithm: t.string })
type ListedFile = t.TypeOf<typeof listedFile>

const claims = t.intersection([t.type({ files: t.readonlyArray(listedFile) }), t.partial({ scope: t.string })])

const refused = (
  fault: BundleSignatureFault,
  data: { readonly file?: string; readonly reason?: string },
): PolicyProblem => problem('policy-bundle-signature', { fault, ...data })

const fitting = <A>(codec: t.Type<A, unknown, unknown>, value: unknown): E.Either<PolicyProblem, A> =>
  pipe(
    decode(codec, value),
    E.mapLeft(({ path, expected }) => refused('malformed', { reason: `${pathText(path)}: expected ${expected}` })),
  )

/** The one signature that `.signatures.json` holds. */
const tokenOf = (file: BundleFile): E.Either<PolicyProblem, string> =>
  pipe(
    E.tryCatch(
      (): unknown => JSON.parse(textOf(file) ?? ''),
      () => refused('malformed', { reason: 'it is no JSON' }),
    ),
    E.chain((value) => fitting(signatures, value)),
    E.chain(({ signatures: [token, ...others], plugin = '' }) => {
      if (plugin !== '' && plugin !== '_default') {
        return E.left(refused('malformed', { reason: `it is made for the plugin ${plugin}` }))
      }
      return token === undefined || others.length > 0
        ? E.left(refused('malformed', { reason: `it holds ${others.length + (token === undefined ? 0 : 1)} tokens` }))
        : E.right(token)
    }),
  )

const digestIn = (
  file: BundleFile,
  documents: Documents,
  { algorithm, hash }: ListedFile,
): E.Either<PolicyProblem, void> => {
  const changed = (reason?: string): E.Either<PolicyProblem, void> =>
    E.left(refused('file-changed', { file: file.path, ...(reason === undefined ? {} : { reason }) }))
  if (!isDigestAlgorithm(algorithm)) return changed(`the hash ${algorithm} is not known`)
  const value = isStructured(file.path) ? documents.get(file.path) : undefined
  const digest = value === undefined ? digestOf(algorithm, file.bytes) : digestOfValue(algorithm, value)
  return digest === hash.toLowerCase() ? E.right(undefined) : changed()
}

/** Holds the files against the list: every file is listed and as it was, and every listed file is there. */
const compare = (
  files: readonly BundleFile[],
  documents: Documents,
  listed: readonly ListedFile[],
  excludeFiles: readonly string[],
): E.Either<PolicyProblem, void> => {
  const excluded = excludeFiles.map((pattern) => pathPattern(pattern, '/'))
  const open = new Map(listed.map((file) => [pathOf(file.name), file]))
  for (const file of files) {
    if (isSignatures(file.path)) continue
    const entry = open.get(file.path)
    open.delete(file.path)
    if (excluded.some((fits) => fits(file.path))) continue
    if (entry === undefined) return E.left(refused('file-unlisted', { file: file.path }))
    const same = digestIn(file, documents, entry)
    if (E.isLeft(same)) return same
  }
  const [absent] = open.keys()
  return absent === undefined ? E.right(undefined) : E.left(refused('file-absent', { file: absent }))
}

/** Verifies the signature, and then every file against what was signed. Gives the id of the key. */
export const verify = (
  signature: BundleFile,
  files: readonly BundleFile[],
  documents: Documents,
  verification: BundleVerification,
): TE.TaskEither<PolicyProblem, string> =>
  pipe(
    TE.fromEither(tokenOf(signature)),
    TE.chain((token) => () => verifiedClaims(token, verification)),
    TE.chainEitherK(({ claims: given, key }) =>
      pipe(
        fitting(claims, given),
        E.chain(({ files: listed, scope = '' }) => {
          const expected = verification.scope ?? key.scope ?? ''
          return scope === expected
            ? compare(files, documents, listed, verification.excludeFiles ?? [])
            : E.left(refused('scope', { reason: `"${scope}" and not "${expected}"` }))
        }),
        E.map(() => key.id),
      ),
    ),
  )
