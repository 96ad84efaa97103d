import * as t from 'io-ts'
import { exact, jsonObject } from '../codec'
import { isArray, isObject, type Json, type JsonObject } from '../json'

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

const oneOf = <A extends string>(...values: readonly [A, A, ...A[]]) =>
  t.keyof(Object.fromEntries(values.map((value) => [value, null])) as Record<A, null>, values.join(', '))

const strings = t.readonlyArray(t.string)

/** `custom` of a control's METADATA, as docs/architecture.md describes it. */
export const controlMetadata = exact(
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
    args: t.record(t.string, oneOf('string', 'number', 'boolean', 'strings', 'object')),
    sensitive: t.boolean,
    folds: strings,
    mappings: t.record(t.string, strings),
  },
)
export type ControlMetadata = t.TypeOf<typeof controlMetadata>

/** Kinds with `workloads` written out, each once. */
export const expanded = (kinds: readonly string[]): readonly string[] => [
  ...new Set(kinds.flatMap((kind) => (kind === 'workloads' ? WORKLOADS : [kind]))),
]

/** The same for the keys of `reads`; what a kind names beside `workloads` is added. */
export const expandedKeys = (
  reads: Readonly<Record<string, readonly string[]>>,
): Readonly<Record<string, readonly string[]>> => {
  const made: Record<string, readonly string[]> = {}
  for (const [key, fields] of Object.entries(reads)) {
    for (const kind of expanded([key])) made[kind] = [...new Set([...(made[kind] ?? []), ...fields])]
  }
  return made
}

const PARAMETER_TYPES = ['string', 'number', 'boolean', 'strings', 'object', 'list'] as const
type ParameterType = (typeof PARAMETER_TYPES)[number]

/** What METADATA says of one parameter: what it holds unless configured, and its type. */
export interface Parameter {
  readonly type: ParameterType
  readonly default: Json
}

const typeOf = (value: Json): ParameterType | undefined => {
  if (isArray(value)) return value.every((entry) => typeof entry === 'string') ? 'strings' : 'list'
  const type = value === null ? undefined : typeof value
  return PARAMETER_TYPES.find((known) => known === type)
}

const isTyped = (value: Json): value is JsonObject =>
  isObject(value) && Object.keys(value).length === 2 && 'default' in value && typeof value['type'] === 'string'

// A list of strings may grow to hold other things, and an empty list says nothing about them.
const fits = (value: Json, type: ParameterType): boolean =>
  value === null || typeOf(value) === type || (type === 'list' && isArray(value))

/** A parameter as the catalogue has it, or why it cannot be one. */
export const parameterOf = (name: string, given: Json, aksNamespaces: readonly string[]): Parameter | string => {
  const value = (isTyped(given) ? given['default'] : given) ?? null
  const filled = name === 'excludedNamespaces' && value === 'aks' ? aksNamespaces : value
  if (!isTyped(given)) {
    const type = typeOf(filled)
    return type === undefined ? 'null has no type; write {default: null, type: ...}' : { type, default: filled }
  }
  const type = PARAMETER_TYPES.find((known) => known === given['type'])
  if (type === undefined) return `its type is none of ${PARAMETER_TYPES.join(', ')}`
  return fits(filled, type) ? { type, default: filled } : `its default is not of type ${type}`
}
