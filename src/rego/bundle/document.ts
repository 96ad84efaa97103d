import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import { type PolicyProblem, problem } from '../../problem'
import { readWritten } from '../term'
import type { RegoValue } from '../value'
import { type BundleFile, isJsonData, isManifest, isYamlData, textOf } from './file'

/** The values of a bundle's data files and manifest, by path. Numbers are as they were written, since digests are over them. */
export type Documents = ReadonlyMap<string, RegoValue>

/** The place after the string that opens here, in a text that is JSON. */
const stringEnd = (text: string, open: number): number => {
  for (let close = text.indexOf('"', open + 1); ; close = text.indexOf('"', close + 1)) {
    let before = close
    while (text[before - 1] === '\\') before -= 1
    if ((close - before) % 2 === 0) return close + 1
  }
}

/** JSON without the white space between its tokens, which the reader of terms does not know. */
const compact = (text: string): string => {
  const parts: string[] = []
  let at = 0
  for (let open = text.indexOf('"'); open !== -1; open = text.indexOf('"', at)) {
    const end = stringEnd(text, open)
    parts.push(text.slice(at, open).replace(/[\t\n\r ]+/g, ''), text.slice(open, end))
    at = end
  }
  return parts.join('') + text.slice(at).replace(/[\t\n\r ]+/g, '')
}

/** JSON with numbers as they are written. */
const readJson = (text: string): RegoValue => {
  JSON.parse(text)
  return readWritten(compact(text))
}

const reasonOf = (cause: unknown): string =>
  cause instanceof RangeError ? 'it is nested too deeply' : cause instanceof Error ? cause.message : String(cause)

const readDocument = async (file: BundleFile, limit: number): Promise<RegoValue> => {
  const text = textOf(file)
  if (text === undefined) throw new Error('it is not UTF-8')
  if (!isYamlData(file.path)) return readJson(text)
  try {
    return readJson(text)
  } catch {
    const { readYaml } = await import('./yaml')
    return readYaml(text, limit)
  }
}

/** Reads each data file and the manifest. */
export const readDocuments = (files: readonly BundleFile[], limit: number): TE.TaskEither<PolicyProblem, Documents> =>
  pipe(
    files.filter(({ path }) => isJsonData(path) || isYamlData(path) || isManifest(path)),
    TE.traverseSeqArray((file) =>
      TE.tryCatch(
        async () => [file.path, await readDocument(file, limit)] as const,
        (cause): PolicyProblem => problem('policy-bundle-malformed', { file: file.path, reason: reasonOf(cause) }),
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
