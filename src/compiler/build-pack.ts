import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import type { JsonObject } from '../json'
import { type PolicyProblem, problem } from '../problem'
import type { RegoOptions } from './call'
import { compileRego } from './compile-rego'
import { inspectRego } from './inspect-rego'
import { catalogueOf, type PackData } from './pack-catalogue'
import { type BuiltPack, ENTRYPOINT, packModule, reservedIn } from './pack-module'
import type { RegoSource } from './source'

export interface BuildPackOptions extends RegoOptions, PackData {
  /** What the Rego reads as `data`: the content of data files. `parameters` and `snapshot` are the engine's. */
  readonly data?: JsonObject
  /** As for `compileRego`. */
  readonly optimization?: 0 | 1 | 2
}

/**
 * Compiles controls, with the libraries they import and `report/report.rego` among the sources, to a pack. Errors: those
 * of `compileRego`, and METADATA that is missing or wrong, with the file and line.
 */
export const buildPack = (
  sources: readonly RegoSource[],
  options: BuildPackOptions,
): TE.TaskEither<readonly PolicyProblem[], BuiltPack> =>
  pipe(
    inspectRego(sources, options),
    TE.chainEitherK((modules) => catalogueOf(modules, options)),
    TE.filterOrElse(
      () => reservedIn(options.data).length === 0,
      (): readonly PolicyProblem[] =>
        reservedIn(options.data).map((key) =>
          problem('rego-error', { regoCode: 'data_error', reason: `the data has ${key}, which is the engine's own` }),
        ),
    ),
    TE.bindTo('catalogue'),
    TE.bind('compiled', () => compileRego(sources, { ...options, entrypoints: [ENTRYPOINT] })),
    TE.map(({ catalogue, compiled }) => packModule(compiled.module, catalogue, options.data)),
  )
