import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import { type Location, type PolicyProblem, problem } from '../../problem'
import { jsonPlace } from '../json-place'
import type { RegoValue } from '../value'
import { readWrittenJson } from '../written-json'
import { type BundleFile, isJsonData, isManifest, isYamlData, textOf } from './file'

/** The values of a bundle's data files and manifest, by path. Numbers are as they were written, since digests are over them. */
export type Documents = ReadonlyMap<string, RegoValue>

const unread = (file: BundleFile, cause: unknown): PolicyProblem => {
  const malformed = (reason: string, location?: Location): PolicyProblem =>
    problem('policy-bundle-malformed', { file: file.path, reason }, location)
  if (cause instanceof RangeError) return malformed('it is nested too deeply')
  // The runtime's words for it are its own, and repeat the text.
  if (cause instanceof SyntaxError) return malformed('it is no JSON', jsonPlace(textOf(file) ?? '', file.path))
  return malformed(cause instanceof Error ? cause.message : String(cause))
}

const readDocument = async (file: BundleFile, limit: number): Promise<RegoValue> => {
  const text = textOf(file)
  if (text === undefined) throw new Error('it is not UTF-8')
  if (!isYamlData(file.path)) return readWrittenJson(text)
  try {
    return readWrittenJson(text)
  } catch {
    const { readYamlWithin } = await import('./yaml')
    return readYamlWithin(text, limit)
  }
}

/** Reads each data file and the manifest. */
export const readDocuments = (files: readonly BundleFile[], limit: number): TE.TaskEither<PolicyProblem, Documents> =>
  pipe(
    files.filter(({ path }) => isJsonData(path) || isYamlData(path) || isManifest(path)),
    TE.traverseSeqArray((file) =>
      TE.tryCatch(
        async () => [file.path, await readDocument(file, limit)] as const,
        (cause) => unread(file, cause),
      ),
    ),
    TE.map((documents) => new Map(documents)),
  )

/** The one file of a kind that may stand once in a bundle. */
export const only = (
  files: readonly BundleFile[],
  isKind: (path: string) => boolean,
): E.Either<PolicyProblem, BundleFile | undefined> => {
  const [first, second] = files.filter(({ path }) => isKind(path))
  return first !== undefined && second !== undefined
    ? E.left(problem('policy-bundle-malformed', { file: second.path, reason: `there is ${first.path} already` }))
    : E.right(first)
}
