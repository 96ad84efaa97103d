import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import { CATALOGUE_SECTION, type CatalogueFile, catalogueFile } from '../catalogue/control'
import { decode, pathText } from '../codec'
import { type Problem, problem } from '../problem'
import type { Builtins } from '../rego/builtin'
import { compileModule, type ModuleSource } from '../rego/module'
import { loadPolicy, type Policy } from '../rego/policy'

/** The entrypoint every pack has. */
export const OUTCOMES = 'report/outcomes'

/** Controls and the module that decides them. Ours is one, a user's is another, both load the same way. */
export interface Pack {
  readonly policy: Policy
  readonly catalogue: CatalogueFile
}

export interface LoadPackOptions {
  readonly module: ModuleSource
  /** The catalogue as data, where the module does not carry it. */
  readonly catalogue?: unknown
  readonly builtins?: Builtins
  readonly maximumPages?: number
}

const invalid = (reason: string): Problem => problem('pack-invalid', { reason })

const section = (module: WebAssembly.Module): E.Either<Problem, unknown> => {
  const [found] = WebAssembly.Module.customSections(module, CATALOGUE_SECTION)
  if (found === undefined)
    return E.left(invalid(`the module has no section ${CATALOGUE_SECTION} and no catalogue was given`))
  return E.tryCatch(
    (): unknown => JSON.parse(new TextDecoder().decode(found)),
    () => invalid(`the section ${CATALOGUE_SECTION} is not JSON`),
  )
}

const readCatalogue = (value: unknown): E.Either<Problem, CatalogueFile> =>
  pipe(
    decode(catalogueFile, value),
    E.mapLeft(({ path, expected }) => invalid(`catalogue: ${pathText(path)}: expected ${expected}`)),
  )

/** Loads a pack from its module. Errors: those of `loadPolicy`, a missing or malformed catalogue, no entrypoint. */
export const loadPack = (options: LoadPackOptions): TE.TaskEither<Problem, Pack> =>
  pipe(
    compileModule(options.module),
    TE.map((module) => ({ module })),
    TE.bindW('catalogue', ({ module }) =>
      TE.fromEither(
        pipe(options.catalogue === undefined ? section(module) : E.right(options.catalogue), E.chain(readCatalogue)),
      ),
    ),
    TE.bindW('policy', ({ module }) =>
      loadPolicy({
        wasm: module,
        ...(options.builtins === undefined ? {} : { builtins: options.builtins }),
        ...(options.maximumPages === undefined ? {} : { maximumPages: options.maximumPages }),
      }),
    ),
    TE.filterOrElseW(
      ({ policy }) => policy.entrypoints.includes(OUTCOMES),
      ({ policy }): Problem =>
        problem('policy-entrypoint-unknown', { entrypoint: OUTCOMES, known: policy.entrypoints }),
    ),
    TE.map(({ policy, catalogue }) => ({ policy, catalogue })),
  )

/** The first control id that stands in two packs. */
export const clash = (packs: readonly Pack[]): string | undefined => {
  const seen = new Set<string>()
  for (const { id } of packs.flatMap((pack) => pack.catalogue.controls)) {
    if (seen.has(id)) return id
    seen.add(id)
  }
  return undefined
}
