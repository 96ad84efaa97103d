import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import { mismatches, pathText } from '../codec'
import { isArray, type Json, type JsonObject, stringAt } from '../json'
import { type PolicyProblem, problem } from '../problem'
import {
  type ControlMetadata,
  controlMetadata,
  expanded,
  expandedKeys,
  type Parameter,
  parameterOf,
} from './control-metadata'
import type { Annotation, InspectedModule } from './inspect-rego'

/** What a pack brings beside its Rego. */
export interface PackData {
  /** `checklist.yaml` as data, where the pack brings items and questions of its own, beside the shipped ones or instead of them. */
  readonly checklist?: JsonObject
  /** Other catalogues by name. */
  readonly frameworks?: Readonly<Record<string, JsonObject>>
  /** What `excludedNamespaces: aks` stands for. */
  readonly aksNamespaces: readonly string[]
}

/** The shipped items and questions, which a pack may stand under without bringing them. */
const ITEMS = ['P1', 'P2', 'P3', 'D1', 'D2', 'D3', 'D4', 'D5', 'D6', 'D7', 'D8', 'O1', 'O2']
const QUESTIONS = ['Q1', 'Q2', 'Q3', 'Q4', 'Q5', 'Q6']

interface Known {
  readonly items: readonly string[]
  readonly questions: readonly string[]
}

const idsIn = (entries: Json | undefined): readonly string[] =>
  isArray(entries) ? entries.flatMap((entry) => stringAt(entry, ['id']) ?? []) : []

const knownBy = ({ checklist }: PackData): Known => ({
  items: [...ITEMS, ...idsIn(checklist?.['items']).filter((id) => !ITEMS.includes(id))],
  questions: [...QUESTIONS, ...idsIn(checklist?.['questions'])],
})

const FILLED_IN = ['name', 'namespace', 'kind']

/** A module under `controls` with what its package's METADATA says. */
interface Declared {
  readonly module: InspectedModule
  readonly annotation: Annotation
  readonly custom: ControlMetadata
  readonly parameters: Readonly<Record<string, Parameter>>
}

interface Entry {
  readonly id: string
  readonly item: string
  readonly control: JsonObject
}

/** The catalogue of a pack, from the METADATA of its controls, with every default made explicit. */
export const catalogueOf = (
  modules: readonly InspectedModule[],
  data: PackData,
): E.Either<readonly PolicyProblem[], JsonObject> => {
  const known = knownBy(data)
  const read = modules
    .filter(({ package: path }) => path[0] === 'controls')
    .map((module) =>
      pipe(
        declared(module, data.aksNamespaces),
        E.chain((control) => checked(control, known)),
      ),
    )
  const found = read.flatMap((each) => (E.isRight(each) ? [each.right] : []))
  const problems = [...read.flatMap((each) => (E.isLeft(each) ? each.left : [])), ...taken(found)]
  if (problems.length > 0) return E.left(problems)
  return E.right({
    schemaVersion: 1,
    ...(data.checklist === undefined ? {} : { checklist: data.checklist }),
    frameworks: data.frameworks ?? {},
    controls: found
      .map(entryOf)
      .sort(byItem(known.items))
      .map(({ control }) => control),
  })
}

const refuse = (module: InspectedModule, reason: string, annotation?: Annotation): PolicyProblem =>
  problem(
    'rego-error',
    { regoCode: 'metadata_error', reason: `${module.package.join('.')}: ${reason}` },
    annotation?.location ?? module.location,
  )

const declared = (
  module: InspectedModule,
  aksNamespaces: readonly string[],
): E.Either<readonly PolicyProblem[], Declared> => {
  const annotation = module.annotations.find(({ scope }) => scope === 'package')
  if (annotation === undefined) return E.left([refuse(module, 'the package has no METADATA')])
  const read = controlMetadata.decode(annotation.custom)
  if (E.isLeft(read)) {
    return E.left(
      mismatches(read.left).map(({ path, expected }) =>
        refuse(module, `custom.${pathText(path)}: expected ${expected}`, annotation),
      ),
    )
  }
  const parameters: Record<string, Parameter> = {}
  const faults: PolicyProblem[] = []
  for (const [name, value] of Object.entries(read.right.parameters ?? {})) {
    const parameter = parameterOf(name, value, aksNamespaces)
    if (typeof parameter === 'string') faults.push(refuse(module, `parameter ${name}: ${parameter}`, annotation))
    else parameters[name] = parameter
  }
  return faults.length > 0 ? E.left(faults) : E.right({ module, annotation, custom: read.right, parameters })
}

const placeholders = (template: string): readonly string[] =>
  [...template.matchAll(/\{([A-Za-z]\w*)\}/g)].map((match) => match[1] ?? '')

const checked = (control: Declared, known: Known): E.Either<readonly PolicyProblem[], Declared> => {
  const faults = faultsOf(control, known)
  return faults.length === 0
    ? E.right(control)
    : E.left(faults.map((fault) => refuse(control.module, fault, control.annotation)))
}

const faultsOf = ({ module, annotation, custom }: Declared, { items, questions: ids }: Known): readonly string[] => {
  const item = module.package[1]
  const questions = (custom.questions ?? []).filter((id) => !ids.includes(id))
  const filled = [...FILLED_IN, ...Object.keys(custom.args ?? {})]
  const stray = placeholders(`${custom.message} ${custom.remediation}`).filter((name) => !filled.includes(name))
  return [
    annotation.title === '' && 'title is missing',
    annotation.description === '' && 'description is missing',
    custom.id === '' && 'custom.id is empty',
    module.package.length !== 3 && 'a control is a package controls.<item>.<name>',
    !items.includes(custom.item) && `item ${custom.item} is none of ${items.join(', ')}`,
    item !== custom.item.toLowerCase() && `the package stands under ${item}, its item is ${custom.item}`,
    !module.rules.includes('violation') && 'the package has no rule violation',
    ...questions.map((id) => `question ${id} is none of ${ids.join(', ')}`),
    ...stray.map((name) => `the placeholder {${name}} is none of the args`),
  ].filter((fault) => fault !== false)
}

/** A problem for each control whose id another one has. */
const taken = (controls: readonly Declared[]): readonly PolicyProblem[] => {
  const first = new Map<string, InspectedModule>()
  return controls.flatMap(({ module, annotation, custom: { id } }) => {
    const other = first.get(id)
    first.set(id, other ?? module)
    return other === undefined ? [] : [refuse(module, `the id ${id} is in use already, in ${other.name}`, annotation)]
  })
}

const entryOf = ({ module, annotation, custom, parameters }: Declared): Entry => ({
  id: custom.id,
  item: custom.item,
  control: {
    id: custom.id,
    item: custom.item,
    name: module.package[2] ?? '',
    title: annotation.title,
    description: annotation.description.trim(),
    severity: custom.severity,
    tier: custom.tier ?? 'core',
    unit: custom.unit ?? 'resource',
    kinds: expanded(custom.kinds),
    ...(custom.subjects === undefined ? {} : { subjects: expanded(custom.subjects) }),
    reads: expandedKeys(custom.reads ?? {}),
    needs: expanded(custom.needs ?? []),
    owned: custom.owned ?? false,
    ...(custom.questions === undefined ? {} : { questions: custom.questions }),
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([name, { type, default: value }]) => [name, { type, default: value }]),
    ),
    args: custom.args ?? {},
    message: custom.message,
    remediation: custom.remediation,
    sensitive: custom.sensitive ?? false,
    folds: custom.folds ?? [],
    mappings: custom.mappings ?? {},
    relatedResources: annotation.relatedResources.map(({ ref }) => ref),
    rules: { undecided: module.rules.includes('undecided'), subject: module.rules.includes('subject') },
  },
})

const byItem =
  (items: readonly string[]) =>
  (a: Entry, b: Entry): number =>
    items.indexOf(a.item) - items.indexOf(b.item) || (a.id < b.id ? -1 : 1)
