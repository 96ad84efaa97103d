import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import type { JsonObject } from '../json'
import type { PolicyProblem } from '../problem'
import { callOn, type RegoOptions } from './call'
import { type DataOptions, dataRequest } from './data'
import { type Annotation, annotationOf } from './inspect-rego'
import { locator, type RegoSource } from './source'

/** Base documents are known to the optimiser and checked against the rules; they are not put into the module. */
export interface CompileRegoOptions extends RegoOptions, DataOptions {
  /**
   * Paths of what can be asked, with slashes and without `data`: `['authz/allow']`. Default: the rules and packages
   * whose METADATA says `entrypoint: true`.
   */
  readonly entrypoints?: readonly string[]
  /** OPA's optimisation level. Default: 0. */
  readonly optimization?: 0 | 1 | 2
  /** Refuses unused imports and variables and what else OPA calls strict. Default: false. */
  readonly strict?: boolean
  /**
   * Keeps `print`, which asks the host for `internal.print`. Its one argument is a list with a list for each operand: its
   * value, or nothing where it is undefined. The first operand is the place of the call, `{"$location": [file, row, col]}`,
   * the column in code points. What the optimiser works out itself is not printed. Default: false, prints are left out.
   */
  readonly print?: boolean
}

/** A module for `loadPolicy`, and the entrypoints that it has. */
export interface CompiledRego {
  readonly module: Uint8Array<ArrayBuffer>
  readonly entrypoints: readonly string[]
  /** The METADATA on each entrypoint. */
  readonly annotations: Readonly<Record<string, readonly Annotation[]>>
  /** The base documents, merged: `data` for `loadPolicy`. */
  readonly data: JsonObject
}

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> => {
  const binary = atob(base64)
  const bytes = new Uint8Array(binary.length)
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at)
  return bytes
}

/**
 * Compiles Rego to WebAssembly: what `opa build -t wasm` gives for the same entrypoints, over a runtime that walks objects and sets in OPA's
 * order. The same bytes whatever the order of the sources. Every error that OPA finds is a problem of code `rego-error` with its place.
 *
 * @example
 * const compiled = await compileRego([{ name: 'a.rego', text: 'package a\nb := 1' }], { entrypoints: ['a/b'] })()
 */
export const compileRego = (
  sources: readonly RegoSource[],
  options: CompileRegoOptions = {},
): TE.TaskEither<readonly PolicyProblem[], CompiledRego> => {
  const annotated = annotationOf(locator(sources))
  return pipe(
    callOn('compile', { ...options, sources }, options, {
      ...dataRequest(options),
      ...(options.entrypoints === undefined ? {} : { entrypoints: options.entrypoints }),
      optimization: options.optimization ?? 0,
      strict: options.strict ?? false,
      print: options.print ?? false,
    }),
    TE.map(({ wasm, entrypoints, annotations, data }) => ({
      module: bytesOf(wasm),
      entrypoints,
      annotations: Object.fromEntries(Object.entries(annotations).map(([at, found]) => [at, found.map(annotated)])),
      data,
    })),
  )
}
