import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import { CATALOGUE_SECTION, type CatalogueFile, catalogueFile, DATA_SECTION } from '../catalogue/control'
import { decode, jsonObject, pathText } from '../codec'
import type { JsonObject } from '../json'
import { type Problem, problem } from '../problem'
import type { Builtins } from '../rego/builtin'
import { compileModule, type ModuleSource } from '../rego/module'
import { type BuiltinProvider, loadPolicy, type Policy } from '../rego/policy'

/** The entrypoint every pack has. */
export const OUTCOMES = 'report/outcomes'

/** Controls and the module that decides them. Ours is one, a user's is another, both load the same way. */
export interface Pack {
  /** What problems call it. */
  readonly name: string
  readonly policy: Policy
  readonly catalogue: CatalogueFile
  /** What its Rego reads as `data` beside parameters and the snapshot. */
  readonly data: JsonObject
}

export interface LoadPackOptions {
  readonly module: ModuleSource
  /** What problems call the pack, its file for one. Default: the title of its checklist, or its first control's id. */
  readonly name?: string
  /** The catalogue as data, where the module does not carry it. */
  readonly catalogue?: unknown
  readonly builtins?: Builtins
  /** As for `loadPolicy`: where builtins come from that the engine has not. The entry `./node` fills it. */
  readonly provider?: BuiltinProvider
  readonly maximumPages?: number
  /** As for `loadPolicy`: what is random follows from it. Default: 0. */
  readonly seed?: number
  /** A builtin that fails makes a check an error, where by default its value is undefined and the report has a problem. */
  readonly strict?: boolean
}

const invalid = (reason: string): Problem => problem('pack-invalid', { reason })

const section = (module: WebAssembly.Module, name: string): E.Either<Problem, unknown> => {
  const [found] = WebAssembly.Module.customSections(module, name)
  return found === undefined
    ? E.right(undefined)
    : E.tryCatch(
        (): unknown => JSON.parse(new TextDecoder().decode(found)),
        () => invalid(`the section ${name} is not JSON`),
      )
}

const readCatalogue = (value: unknown): E.Either<Problem, CatalogueFile> =>
  value === undefined
    ? E.left(invalid(`the module has no section ${CATALOGUE_SECTION} and no catalogue was given`))
    : pipe(
        decode(catalogueFile, value),
        E.mapLeft(({ path, expected }) => invalid(`catalogue: ${pathText(path)}: expected ${expected}`)),
      )

const readData = (value: unknown): E.Either<Problem, JsonObject> =>
  pipe(
    decode(jsonObject, value ?? {}),
    E.mapLeft(() => invalid(`the section ${DATA_SECTION} is no JSON object`)),
  )

const nameOf = ({ checklist, controls: [first] }: CatalogueFile): string =>
  checklist?.title ?? (first === undefined ? 'an empty pack' : `the pack of ${first.id}`)

/** Loads a pack from its module. Errors: those of `loadPolicy`, a missing or malformed catalogue, no entrypoint. */
export const loadPack = (options: LoadPackOptions): TE.TaskEither<Problem, Pack> =>
  pipe(
    compileModule(options.module),
    TE.map((module) => ({ module })),
    TE.bindW('catalogue', ({ module }) =>
      TE.fromEither(
        pipe(
          options.catalogue === undefined ? section(module, CATALOGUE_SECTION) : E.right(options.catalogue),
          E.chain(readCatalogue),
        ),
      ),
    ),
    TE.bindW('data', ({ module }) => TE.fromEither(pipe(section(module, DATA_SECTION), E.chain(readData)))),
    TE.bindW('policy', ({ module }) => {
      const { module: _module, name: _name, catalogue: _catalogue, ...given } = options
      return loadPolicy({ ...given, wasm: module })
    }),
    TE.filterOrElseW(
      ({ policy }) => policy.entrypoints.includes(OUTCOMES),
      ({ policy }): Problem =>
        problem('policy-entrypoint-unknown', { entrypoint: OUTCOMES, known: policy.entrypoints }),
    ),
    TE.map(({ policy, catalogue, data }) => ({ name: options.name ?? nameOf(catalogue), policy, catalogue, data })),
  )
