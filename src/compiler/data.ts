import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import type { JsonObject } from '../json'
import type { PolicyProblem } from '../problem'
import { callOn, type RegoOptions } from './call'
import type { NamedText } from './source'

/** A text of JSON (by the name's ending) or YAML that holds a base document. */
export interface DataSource extends NamedText {
  /** Where the document stands under `data`. Default: the folders of the name, `a/b/data.yaml` at `data.a.b`. */
  readonly path?: readonly string[]
}

/** What policies read as `data`. */
export interface DataOptions {
  /** Base documents as one value. */
  readonly data?: JsonObject
  /** Base documents as texts. Their objects are merged; two values for one place are a problem `rego-data-conflict`. */
  readonly dataSources?: readonly DataSource[]
}

const folderOf = (name: string): readonly string[] =>
  name
    .split('/')
    .slice(0, -1)
    .filter((segment) => segment !== '' && segment !== '.')

/** The part of a request that says what `data` is. */
export const dataRequest = ({ data, dataSources = [] }: DataOptions): JsonObject => ({
  ...(data === undefined ? {} : { data }),
  dataSources: dataSources.map(({ name, text, path }) => ({ name, text, path: path ?? folderOf(name) })),
})

/** Reads and merges base documents as `opa` does when it loads folders: what `loadPolicy` takes as `data`. */
export const mergeData = (
  options: DataOptions & Pick<RegoOptions, 'compiler'>,
): TE.TaskEither<readonly PolicyProblem[], JsonObject> =>
  pipe(
    callOn('data', { sources: [], ...options }, options, dataRequest(options)),
    TE.map(({ data }) => data),
  )
