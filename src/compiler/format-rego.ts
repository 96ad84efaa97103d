import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import type { PolicyProblem } from '../problem'
import { callOn, type RegoOptions } from './call'
import type { RegoSource } from './source'

/** Writes each source as OPA's formatter does, in the order given. */
export const formatRego = (
  sources: readonly RegoSource[],
  options: RegoOptions = {},
): TE.TaskEither<readonly PolicyProblem[], readonly RegoSource[]> =>
  pipe(
    callOn('format', { sources }, options, {}),
    TE.map((formatted) => formatted.sources.map((written, at) => ({ ...sources[at], ...written }))),
  )

/** A source that is not written as OPA's formatter does. */
export interface FormatChange {
  readonly name: string
  /** The text as it should be. */
  readonly text: string
  /** From the text as it is, in the unified format that `patch` and `git apply` read. */
  readonly diff: string
}

/** What the formatter would change: a list to show, texts to write, or diffs to look at. */
export const formatChanges = (
  sources: readonly RegoSource[],
  options: RegoOptions = {},
): TE.TaskEither<readonly PolicyProblem[], readonly FormatChange[]> =>
  pipe(
    formatRego(sources, options),
    TE.map((formatted) =>
      sources.flatMap(({ name, text: before }, at) => {
        const text = formatted[at]?.text ?? before
        return text === before ? [] : [{ name, text, diff: unifiedDiff(name, before, text) }]
      }),
    ),
  )

/** With three lines of context, as is usual. */
const unifiedDiff = (name: string, before: string, after: string): string =>
  createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  })
