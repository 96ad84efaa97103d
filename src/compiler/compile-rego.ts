import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import type { JsonObject } from '../json'
import type { PolicyProblem } from '../problem'
import { callOn, type RegoOptions } from './call'
import type { RegoSource } from './source'

export interface CompileRegoOptions extends RegoOptions {
  /** Paths of what can be asked, with slashes and without `data`: `['authz/allow']`. */
  readonly entrypoints: readonly string[]
  /** OPA's optimisation level. Default: 0. */
  readonly optimization?: 0 | 1 | 2
  /** Base documents that the optimiser may take as known. They are not put into the module. */
  readonly data?: JsonObject
}

/** A module for `loadPolicy`, and the entrypoints that it has. */
export interface CompiledRego {
  readonly module: Uint8Array<ArrayBuffer>
  readonly entrypoints: readonly string[]
}

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> => {
  const binary = atob(base64)
  const bytes = new Uint8Array(binary.length)
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at)
  return bytes
}

/**
 * Compiles Rego to WebAssembly: the same bytes as `opa build -t wasm`, whatever the order of the sources.
 * Every error that OPA finds is a problem of code `rego-error` with its place.
 *
 * @example
 * const compiled = await compileRego([{ name: 'a.rego', text: 'package a\nb := 1' }], { entrypoints: ['a/b'] })()
 */
export const compileRego = (
  sources: readonly RegoSource[],
  options: CompileRegoOptions,
): TE.TaskEither<readonly PolicyProblem[], CompiledRego> =>
  pipe(
    callOn('compile', sources, options, {
      entrypoints: options.entrypoints,
      optimization: options.optimization ?? 0,
      ...(options.data === undefined ? {} : { data: options.data }),
    }),
    TE.map(({ wasm, entrypoints }) => ({ module: bytesOf(wasm), entrypoints })),
  )
