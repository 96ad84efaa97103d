import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import { answerItems, answerQuestions } from './answer/answers'
import { type Catalogue, catalogueOf } from './catalogue/catalogue'
import { type CatalogueContent, contentOf, joinContents } from './catalogue/content'
import type { Control } from './catalogue/control'
import { only, type Selection, without } from './catalogue/selection'
import { type Evaluation, evaluatePack } from './evaluation/evaluate'
import { type ParameterOverrides, resolveParameters } from './evaluation/parameters'
import { findingsOf } from './finding/findings'
import type { JsonObject } from './json'
import { locationIn, readSource, type Source } from './manifest/index'
import { misfit } from './pack/clash'
import { type LoadPackOptions, loadPack, type Pack } from './pack/pack'
import { type Problem, problem } from './problem'
import { buildReport, type Report } from './report/build'
import { isDate } from './snapshot/own-documents'
import { createSnapshot, type Snapshot, type SnapshotOptions } from './snapshot/snapshot'

/** What to check, and how the input is to be taken. */
export interface CheckOptions extends SnapshotOptions {
  /** `core` (the default) leaves the extended controls out. */
  readonly tier?: 'core' | 'all'
  /** Only the controls of these items. */
  readonly items?: readonly string[]
  /** Only these controls, whatever their tier. */
  readonly controls?: readonly string[]
  /** Parameters by control id, laid over the defaults. */
  readonly parameters?: ParameterOverrides
}

/** The loaded checklist. */
export interface Checklist {
  readonly catalogue: Catalogue
  /** Answers the checklist. Left: a wrong option, an evaluation that failed, or nothing to check. */
  readonly check: (sources: readonly Source[], options?: CheckOptions) => E.Either<Problem, Report>
  /**
   * The checklist with another pack's controls, items and questions beside its own. Left: an id that stands in both, or an item
   * that neither has.
   */
  readonly with: (pack: Pack) => E.Either<Problem, Checklist>
  /** Only the part that is selected: catalogue and report hold nothing else. Left: an id that is not in the checklist. */
  readonly only: (selection: Selection) => E.Either<Problem, Checklist>
  /** All but the part that is selected. Left: an id that is not in the checklist. */
  readonly without: (selection: Selection) => E.Either<Problem, Checklist>
}

/**
 * Loads the checklist from its module, `aks-checklist/checklist.wasm`, which carries its catalogue. A pack that brings a
 * checklist document of its own replaces the shipped one.
 */
export const loadChecklist = (options: LoadPackOptions): TE.TaskEither<Problem, Checklist> =>
  pipe(
    loadPack(options),
    TE.chainEitherK((pack) => checklistOf([pack])),
  )

/** A checklist of these packs alone, for one that replaces the shipped one. Left: as `with`. */
export const checklistOf = (packs: readonly Pack[]): E.Either<Problem, Checklist> => {
  const wrong = misfit(packs)
  return wrong === undefined
    ? E.right(checklistFrom(packs, joinContents(packs.map((pack) => contentOf(pack.catalogue)))))
    : E.left(wrong)
}

/** `content` is what of the packs is selected; `tier` is what a check runs of it unless told. */
const checklistFrom = (packs: readonly Pack[], content: CatalogueContent, tier: 'core' | 'all' = 'core'): Checklist => {
  const catalogue = catalogueOf(content)
  const whole = catalogueOf(joinContents(packs.map((pack) => contentOf(pack.catalogue))))
  return {
    catalogue,
    check: (sources, options = {}) => check({ packs, whole, catalogue }, sources, { tier, ...options }),
    with: (pack) => {
      const joined = [...packs, pack]
      const wrong = misfit(joined)
      return wrong === undefined
        ? E.right(checklistFrom(joined, joinContents([content, contentOf(pack.catalogue)]), tier))
        : E.left(wrong)
    },
    only: (selection) =>
      pipe(
        only(content, selection),
        // Who names controls, or a tier, means these.
        E.map((selected) => checklistFrom(packs, selected, (selection.controls ?? selection.tier) ? 'all' : tier)),
      ),
    without: (selection) =>
      pipe(
        without(content, selection),
        E.map((selected) => checklistFrom(packs, selected, tier)),
      ),
  }
}

interface Loaded {
  readonly packs: readonly Pack[]
  /** All controls of the packs: what parameters, waivers and attestations may name. */
  readonly whole: Catalogue
  /** Those that are selected. */
  readonly catalogue: Catalogue
}

const check = (
  { packs, whole, catalogue }: Loaded,
  sources: readonly Source[],
  options: CheckOptions,
): E.Either<Problem, Report> =>
  pipe(
    selectControls(catalogue, options),
    E.bindTo('controls'),
    E.bind('parameters', () => resolveParameters(whole.controls, options.parameters ?? {})),
    E.bind('read', () => readAll(sources, options)),
    E.bind('evaluation', ({ controls, parameters, read }) => evaluateAll(packs, controls, read.snapshot, parameters)),
    E.map(({ read: { snapshot, problems }, evaluation }) => {
      const { findings, verdicts, problems: late } = findingsOf(evaluation.outcomes, snapshot, whole)
      return buildReport({
        snapshot,
        sources: sources.map(({ name }) => name),
        catalogue,
        questions: answerQuestions(catalogue, verdicts, findings, snapshot.managedClusters.length > 1),
        items: answerItems(catalogue, verdicts),
        verdicts,
        findings,
        problems: [...problems, ...unknownAttestations(snapshot, whole), ...late, ...evaluation.diagnostics],
      })
    }),
  )

const readAll = (
  sources: readonly Source[],
  options: CheckOptions,
): E.Either<Problem, { readonly snapshot: Snapshot; readonly problems: readonly Problem[] }> => {
  if (options.now !== undefined && !isDate(options.now)) {
    return E.left(
      problem('option-invalid', {
        option: 'now',
        given: options.now,
        expected: 'a date (2026-05-01) or an instant (2026-05-01T08:00:00Z)',
      }),
    )
  }
  const readings = sources.map((source) => readSource(source))
  const documents = readings.flatMap((reading) => reading.documents)
  const { snapshot, problems } = createSnapshot(documents, options)
  const all = [...readings.flatMap((reading) => reading.problems), ...problems]
  return snapshot.resources.length === 0 && snapshot.waivers.length === 0 && snapshot.origin === undefined
    ? E.left(
        problem('nothing-to-check', {
          sources: sources.map(({ name }) => name),
          documents: documents.length,
          causes: all,
        }),
      )
    : E.right({ snapshot, problems: all })
}

const evaluateAll = (
  packs: readonly Pack[],
  controls: readonly Control[],
  snapshot: Snapshot,
  parameters: Readonly<Record<string, JsonObject>>,
): E.Either<Problem, Evaluation> => {
  const made: Evaluation[] = []
  for (const pack of packs) {
    const evaluation = evaluatePack(pack, controls, snapshot, parameters)
    if (E.isLeft(evaluation)) return evaluation
    made.push(evaluation.right)
  }
  const byId = new Map(made.flatMap(({ outcomes }) => outcomes).map((outcome) => [outcome.control.id, outcome]))
  return E.right({
    outcomes: controls.flatMap(({ id }) => byId.get(id) ?? []),
    diagnostics: made.flatMap(({ diagnostics }) => diagnostics),
  })
}

const selectControls = (catalogue: Catalogue, options: CheckOptions): E.Either<Problem, readonly Control[]> => {
  const unknownItem = options.items?.find((id) => catalogue.item(id) === undefined)
  if (unknownItem !== undefined) {
    const known = catalogue.items.map(({ id }) => id).join(', ')
    return E.left(
      problem('option-invalid', {
        option: 'item',
        given: unknownItem,
        expected: `an item of the checklist (${known})`,
      }),
    )
  }
  const unknownControl = options.controls?.find((id) => catalogue.control(id) === undefined)
  if (unknownControl !== undefined) {
    return E.left(
      problem('option-invalid', { option: 'control', given: unknownControl, expected: 'the id of a control' }),
    )
  }
  const { tier = 'core', items, controls } = options
  return E.right(
    catalogue.controls.filter(
      (control) =>
        (items === undefined || items.includes(control.item)) &&
        (controls === undefined ? tier === 'all' || control.tier === 'core' : controls.includes(control.id)),
    ),
  )
}

/** An attestation for a control that does not exist is a slip that would otherwise read as "not attested". */
const unknownAttestations = (snapshot: Snapshot, catalogue: Catalogue): readonly Problem[] =>
  snapshot.resources.flatMap((resource) => {
    if (resource.from !== 'own' || catalogue.control(resource.name) !== undefined) return []
    const document = snapshot.documents[resource.origin.document]
    const location = document === undefined ? undefined : locationIn(document, [...resource.origin.path, 'control'])
    return [problem('own-document-unknown-id', { kind: resource.kind, id: resource.name }, location)]
  })
