import * as E from 'fp-ts/Either'
import * as t from 'io-ts'
import { exact, jsonObject, mismatches, pathText } from '../codec'
import { isArray, isObject, type Json, type JsonObject } from '../json'
import { type PolicyProblem, problem } from '../problem'
import type { Annotation, InspectedModule } from './inspect-rego'

/** What a pack brings beside its Rego. */
export interface PackData {
  /** `checklist.yaml` as data, where the pack brings a checklist of its own. */
  readonly checklist?: JsonObject
  /** Other catalogues by name. */
  readonly frameworks?: Readonly<Record<string, JsonObject>>
  /** What `excludedNamespaces: aks` stands for. */
  readonly aksNamespaces: readonly string[]
}

/** What `kinds: [workloads]` stands for: the kinds with a pod template, and Pod. */
const WORKLOADS = [
  'Pod',
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'ReplicationController',
  'Job',
  'CronJob',
  'PodTemplate',
]

const ITEM_ORDER = ['P1', 'P2', 'P3', 'D1', 'D2', 'D3', 'D4', 'D5', 'D6', 'D7', 'D8', 'O1', 'O2']
const FILLED_IN = ['name', 'namespace', 'kind']

const oneOf = <A extends string>(...values: readonly [A, A, ...A[]]) =>
  t.keyof(Object.fromEntries(values.map((value) => [value, null])) as Record<A, null>, values.join(', '))

const strings = t.readonlyArray(t.string)

/** `custom` of a control's METADATA, as docs/architecture.md describes it. */
const metadata = exact(
  'METADATA',
  {
    id: t.string,
    item: t.string,
    severity: oneOf('critical', 'high', 'medium', 'low'),
    kinds: strings,
    message: t.string,
    remediation: t.string,
  },
  {
    tier: oneOf('core', 'extended'),
    unit: oneOf('resource', 'namespace', 'cluster'),
    subjects: strings,
    reads: t.record(t.string, strings),
    needs: strings,
    owned: t.boolean,
    questions: strings,
    parameters: jsonObject,
    args: t.record(t.string, oneOf('string', 'number', 'boolean', 'strings')),
    sensitive: t.boolean,
    folds: strings,
    mappings: t.record(t.string, strings),
  },
)
type Metadata = t.TypeOf<typeof metadata>

const refuse = (module: InspectedModule, reason: string): PolicyProblem =>
  problem(
    'rego-error',
    { regoCode: 'metadata_error', reason: `${module.package.join('.')}: ${reason}` },
    module.location,
  )

const expanded = (kinds: readonly string[]): readonly string[] =>
  kinds.flatMap((kind) => (kind === 'workloads' ? WORKLOADS : [kind]))

const expandedKeys = (reads: Readonly<Record<string, readonly string[]>>): JsonObject =>
  Object.fromEntries(Object.entries(reads).flatMap(([kind, fields]) => expanded([kind]).map((key) => [key, fields])))

const typeOf = (value: Json): string => {
  if (isArray(value)) return value.every((entry) => typeof entry === 'string') ? 'strings' : 'list'
  return value === null ? 'object' : typeof value
}

const isTyped = (value: Json): value is JsonObject =>
  isObject(value) && Object.keys(value).length === 2 && 'default' in value && typeof value['type'] === 'string'

const parametersOf = (given: JsonObject, aksNamespaces: readonly string[]): JsonObject =>
  Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      if (isTyped(value)) return [name, { type: value['type'] ?? 'object', default: value['default'] ?? null }]
      const filled = name === 'excludedNamespaces' && value === 'aks' ? aksNamespaces : value
      return [name, { type: typeOf(filled), default: filled }]
    }),
  )

const placeholders = (template: string): readonly string[] =>
  [...template.matchAll(/\{([A-Za-z]\w*)\}/g)].map((match) => match[1] ?? '')

const controlOf = (module: InspectedModule, aksNamespaces: readonly string[]): E.Either<PolicyProblem, JsonObject> => {
  const [, item, name = ''] = module.package
  const annotation = module.annotations.find(({ scope }) => scope === 'package')
  if (annotation === undefined) return E.left(refuse(module, 'the package has no METADATA'))
  const read = metadata.decode(annotation.custom)
  if (E.isLeft(read)) {
    const [first] = mismatches(read.left)
    return E.left(refuse(module, `custom.${pathText(first?.path ?? [])}: expected ${first?.expected}`))
  }
  const fault = faultOf(module, annotation, read.right, item)
  return fault === undefined
    ? E.right(entryOf(module, annotation, read.right, name, aksNamespaces))
    : E.left(refuse(module, fault))
}

const faultOf = (
  module: InspectedModule,
  annotation: Annotation,
  custom: Metadata,
  item: string | undefined,
): string | undefined => {
  if (annotation.title === '') return 'title is missing'
  if (annotation.description === '') return 'description is missing'
  if (module.package.length !== 3) return 'a control is a package controls.<item>.<name>'
  if (!ITEM_ORDER.includes(custom.item)) return `item ${custom.item} is none of ${ITEM_ORDER.join(', ')}`
  if (item !== custom.item.toLowerCase()) return `the package stands under ${item}, its item is ${custom.item}`
  if (!module.rules.includes('violation')) return 'the package has no rule violation'
  const known = [...FILLED_IN, ...Object.keys(custom.args ?? {})]
  const stray = placeholders(`${custom.message} ${custom.remediation}`).find((name) => !known.includes(name))
  return stray === undefined ? undefined : `the placeholder {${stray}} is none of the args`
}

const entryOf = (
  module: InspectedModule,
  annotation: Annotation,
  custom: Metadata,
  name: string,
  aksNamespaces: readonly string[],
): JsonObject => ({
  id: custom.id,
  item: custom.item,
  name,
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
  parameters: parametersOf(custom.parameters ?? {}, aksNamespaces),
  args: custom.args ?? {},
  message: custom.message,
  remediation: custom.remediation,
  sensitive: custom.sensitive ?? false,
  folds: custom.folds ?? [],
  mappings: custom.mappings ?? {},
  relatedResources: annotation.relatedResources.map(({ ref }) => ref),
  rules: { undecided: module.rules.includes('undecided'), subject: module.rules.includes('subject') },
})

const text = (entry: JsonObject, key: string): string => String(entry[key])

const byItem = (a: JsonObject, b: JsonObject): number =>
  ITEM_ORDER.indexOf(text(a, 'item')) - ITEM_ORDER.indexOf(text(b, 'item')) || (text(a, 'id') < text(b, 'id') ? -1 : 1)

/** The catalogue of a pack, from the METADATA of its controls, with every default made explicit. */
export const catalogueOf = (
  modules: readonly InspectedModule[],
  data: PackData,
): E.Either<readonly PolicyProblem[], JsonObject> => {
  const problems: PolicyProblem[] = []
  const controls = new Map<string, JsonObject>()
  for (const module of modules.filter(({ package: path }) => path[0] === 'controls')) {
    const control = controlOf(module, data.aksNamespaces)
    if (E.isLeft(control)) problems.push(control.left)
    else if (controls.has(text(control.right, 'id')))
      problems.push(refuse(module, `the id ${text(control.right, 'id')} is in use already`))
    else controls.set(text(control.right, 'id'), control.right)
  }
  if (problems.length > 0) return E.left(problems)
  return E.right({
    schemaVersion: 1,
    ...(data.checklist === undefined ? {} : { checklist: data.checklist }),
    frameworks: data.frameworks ?? {},
    controls: [...controls.values()].sort(byItem),
  })
}
