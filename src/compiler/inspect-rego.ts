import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import type { JsonObject } from '../json'
import type { Location, PolicyProblem } from '../problem'
import { callOn, type RegoOptions } from './call'
import type { ReplyAnnotation } from './reply'
import { locator, type RegoSource, type Span } from './source'

/** One METADATA block. */
export interface Annotation {
  readonly scope: string
  /** The package, rule or document it stands on, without `data`. */
  readonly path: readonly string[]
  readonly title: string
  readonly description: string
  readonly entrypoint: boolean
  readonly relatedResources: readonly { readonly ref: string; readonly description?: string }[]
  readonly custom: JsonObject
  readonly location?: Location
}

/** What a source declares. */
export interface InspectedModule {
  readonly name: string
  readonly package: readonly string[]
  /** Names of its rules, sorted. */
  readonly rules: readonly string[]
  readonly annotations: readonly Annotation[]
  readonly location?: Location
}

type Locate = (span: Span) => Location

const located = (locate: Locate, span: Span | undefined): { readonly location?: Location } =>
  span === undefined ? {} : { location: locate(span) }

/** An annotation with every default made explicit. */
export const annotationOf =
  (locate: Locate) =>
  (given: ReplyAnnotation): Annotation => ({
    scope: given.scope,
    path: given.path,
    title: given.title ?? '',
    description: given.description ?? '',
    entrypoint: given.entrypoint ?? false,
    relatedResources: given.relatedResources ?? [],
    custom: given.custom ?? {},
    ...located(locate, given.span),
  })

/** Reads package, rule names and METADATA of each source, sorted by name. */
export const inspectRego = (
  sources: readonly RegoSource[],
  options: RegoOptions = {},
): TE.TaskEither<readonly PolicyProblem[], readonly InspectedModule[]> => {
  const locate = locator(sources)
  return pipe(
    callOn('inspect', { sources }, options, {}),
    TE.map(({ modules }) =>
      modules.map((module) => ({
        name: module.name,
        package: module.package,
        rules: module.rules,
        annotations: module.annotations.map(annotationOf(locate)),
        ...located(locate, module.span),
      })),
    ),
  )
}
