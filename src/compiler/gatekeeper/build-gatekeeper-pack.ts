import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import { stringAt } from '../../json'
import { type Problem, problem } from '../../problem'
import { compileRego } from '../compile-rego'
import { compilerOptions, DEFAULT_ITEM, type ForeignPack, type ForeignPackOptions } from '../foreign-pack'
import { neededLibraries } from '../foreign-rego'
import { inspectRego } from '../inspect-rego'
import { ENTRYPOINT, packModule } from '../pack-module'
import { type Entry, entriesIn, locationOf, type ParsedDocument } from '../parsed-document'
import type { RegoSource } from '../source'
import { type Constraint, readConstraint } from './constraint'
import { controlOf, idOf } from './control'
import { located } from './located'
import { readTemplate, type Template, unsupported } from './template'
import { constraintSource, type TemplateSource, templateSources } from './wrapper'

const group = ({ value }: Entry): string =>
  typeof value['apiVersion'] === 'string' ? value['apiVersion'].replace(/\/.*/, '') : ''

/** Whether Gatekeeper's documents are among these. */
export const holdsGatekeeper = (documents: readonly ParsedDocument[]): boolean =>
  entriesIn(documents).some((entry) => isTemplate(entry) || isConstraint(entry))

const isTemplate = (entry: Entry): boolean =>
  group(entry) === 'templates.gatekeeper.sh' && entry.value['kind'] === 'ConstraintTemplate'
const isConstraint = (entry: Entry): boolean => group(entry) === 'constraints.gatekeeper.sh'

/** A constraint with its template. */
interface Pair {
  readonly constraint: Constraint
  readonly template: Template
}

interface Read {
  readonly pairs: readonly Pair[]
  readonly templates: readonly Template[]
  /** Doubts that leave the rest as it is. */
  readonly problems: readonly Problem[]
}

/**
 * Makes a pack of Gatekeeper's ConstraintTemplates and constraints: each constraint is a control, its template's Rego decides. Other
 * documents are passed over. Errors: a document that is malformed, a constraint without a template, Rego that does not compile, each
 * with its place. A template that no constraint uses, and one for another engine than Rego, are problems of the pack; constraints of
 * the latter are undecided.
 *
 * @example
 * const { documents } = readSource({ name: 'policies.yaml', text })
 * const built = await buildGatekeeperPack(documents, { libraries })()
 */
export const buildGatekeeperPack = (
  documents: readonly ParsedDocument[],
  options: ForeignPackOptions,
): TE.TaskEither<readonly Problem[], ForeignPack> =>
  pipe(
    TE.fromEither(readDocuments(documents)),
    TE.chain((read) => compilePairs(read, options)),
  )

const readDocuments = (documents: readonly ParsedDocument[]): E.Either<readonly Problem[], Read> => {
  const entries = entriesIn(documents)
  const errors: Problem[] = entries
    .filter((entry) => group(entry) === 'expansion.gatekeeper.sh')
    .map((entry) =>
      problem(
        'gatekeeper-unsupported',
        { kind: 'ExpansionTemplate', name: '', feature: 'expansion' },
        locationOf(entry),
      ),
    )
  const taken = <A>(read: E.Either<Problem, A>): readonly A[] => {
    if (E.isRight(read)) return [read.right]
    errors.push(read.left)
    return []
  }
  const stated = entries
    .filter(isTemplate)
    .map(({ value }) => stringAt(value, ['spec', 'crd', 'spec', 'names', 'kind']))
  const templates = distinct(
    entries.filter(isTemplate).flatMap((entry) => taken(readTemplate(entry))),
    ({ kind }) => kind,
    errors,
  )
  const constraints = distinct(
    entries.filter(isConstraint).flatMap((entry) => taken(readConstraint(entry))),
    idOf,
    errors,
  )
  const pairs = constraints.flatMap((constraint): readonly Pair[] => {
    const template = templates.find(({ kind }) => kind === constraint.kind)
    if (template !== undefined) return [{ constraint, template }]
    const { kind, name, entry } = constraint
    // A template that was refused is a problem already.
    if (!stated.includes(kind)) errors.push(problem('gatekeeper-template-missing', { kind, name }, locationOf(entry)))
    return []
  })
  return errors.length > 0 ? E.left(errors) : E.right({ pairs, templates, problems: doubts(templates, pairs) })
}

const doubts = (templates: readonly Template[], pairs: readonly Pair[]): readonly Problem[] =>
  templates.flatMap((template) => {
    const { kind, entry, engine } = template
    if (!pairs.some((pair) => pair.template === template))
      return [problem('gatekeeper-template-unused', { kind }, locationOf(entry))]
    return template.rego === undefined ? [unsupported(entry, kind, `code for the engine ${engine}`)] : []
  })

/** The same document may be given twice; another one under the same name may not. */
const distinct = <A extends { readonly entry: Entry }>(
  all: readonly A[],
  key: (one: A) => string,
  errors: Problem[],
): readonly A[] => {
  const first = new Map<string, A>()
  return all.filter((one) => {
    const name = key(one)
    const other = first.get(name)
    if (other === undefined) {
      first.set(name, one)
      return true
    }
    if (JSON.stringify(other.entry.value) !== JSON.stringify(one.entry.value)) {
      const kind = String(one.entry.value['kind'])
      const place = `${other.entry.document.source}:${locationOf(other.entry).start.line}`
      errors.push(
        problem(
          'gatekeeper-invalid',
          { kind, name, path: 'metadata.name', expected: `a name of its own: another one is at ${place}` },
          locationOf(one.entry, ['metadata', 'name']),
        ),
      )
    }
    return false
  })
}

const compilePairs = (
  { pairs, templates, problems }: Read,
  options: ForeignPackOptions,
): TE.TaskEither<readonly Problem[], ForeignPack> => {
  const used = templates.filter((template) => pairs.some((pair) => pair.template === template))
  const rules = used.flatMap((template) => templateSources(template).map((source) => ({ template, source })))
  const itemOf = ({ constraint, template }: Pair): string =>
    constraint.annotations.item ?? template.annotations.item ?? options.item ?? DEFAULT_ITEM
  const sources: readonly RegoSource[] = [
    ...neededLibraries(options.libraries),
    ...rules.map(({ source: { of: _, ...source } }) => source),
    ...pairs.map((pair) => constraintSource(pair.constraint, pair.template, idOf(pair.constraint), itemOf(pair))),
  ]
  const settings = compilerOptions(options)
  return pipe(
    inspectRego(
      rules.map(({ source }) => source),
      settings,
    ),
    TE.mapLeft((found): readonly Problem[] => found.map((each) => located(each, rules))),
    TE.filterOrElse(
      (modules) => lacking(modules, rules).length === 0,
      (modules) => lacking(modules, rules),
    ),
    TE.chain(() =>
      pipe(
        compileRego(sources, { ...settings, entrypoints: [ENTRYPOINT] }),
        TE.mapLeft((found): readonly Problem[] => found.map((each) => located(each, rules))),
      ),
    ),
    TE.map(({ module }) => ({
      ...packModule(module, {
        schemaVersion: 1,
        frameworks: {},
        controls: pairs.map((pair) => controlOf(pair.constraint, pair.template, itemOf(pair))),
      }),
      problems,
    })),
  )
}

/** Templates whose Rego has no rule `violation`: they would find nothing. */
const lacking = (
  modules: readonly { readonly name: string; readonly rules: readonly string[] }[],
  rules: readonly { readonly template: Template; readonly source: TemplateSource }[],
): readonly Problem[] =>
  rules.flatMap(({ template, source }) => {
    const module = modules.find(({ name }) => name === source.name)
    return source.of !== template.rego?.main || module?.rules.includes('violation')
      ? []
      : [
          problem(
            'gatekeeper-invalid',
            { kind: 'ConstraintTemplate', name: template.kind, path: 'rego', expected: 'a rule violation' },
            locationOf(template.entry, source.of.path),
          ),
        ]
  })
