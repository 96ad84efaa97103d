import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import type { JsonObject } from '../json'
import type { PolicyProblem } from '../problem'
import type { RegoOptions } from './call'
import { compileRego } from './compile-rego'
import { inspectRego } from './inspect-rego'
import { catalogueOf, type PackData } from './pack-catalogue'
import type { RegoSource } from './source'

/** The entrypoint of every pack; `policies/report/report.rego` defines it. */
const ENTRYPOINT = 'report/outcomes'

/** The custom section of the module that holds the catalogue. */
const SECTION = 'aks-checklist.catalogue'

/** A pack as one file: the module with its catalogue inside, and the catalogue for itself. */
export interface BuiltPack {
  readonly module: Uint8Array<ArrayBuffer>
  readonly catalogue: JsonObject
}

export interface BuildPackOptions extends RegoOptions, PackData {}

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
    TE.bindTo('catalogue'),
    TE.bind('compiled', () => compileRego(sources, { ...options, entrypoints: [ENTRYPOINT] })),
    TE.map(({ catalogue, compiled }) => ({
      module: withSection(compiled.module, JSON.stringify(catalogue)),
      catalogue,
    })),
  )

/** Unsigned LEB128, WebAssembly's integers. */
const leb128 = (value: number): readonly number[] => {
  const low = value & 0x7f
  const rest = value >>> 7
  return rest === 0 ? [low] : [low | 0x80, ...leb128(rest)]
}

/** A custom section at the end of a module: id 0, size, name, content. Source: WebAssembly core specification 5.5.3. */
const withSection = (module: Uint8Array, content: string): Uint8Array<ArrayBuffer> => {
  const name = new TextEncoder().encode(SECTION)
  const bytes = new TextEncoder().encode(content)
  const title = [...leb128(name.length), ...name]
  const head = [0, ...leb128(title.length + bytes.length), ...title]
  const joined = new Uint8Array(module.length + head.length + bytes.length)
  joined.set(module)
  joined.set(head, module.length)
  joined.set(bytes, module.length + head.length)
  return joined
}
