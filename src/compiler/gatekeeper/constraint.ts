import * as E from 'fp-ts/Either'
import * as t from 'io-ts'
import { decode, jsonObject, pathText } from '../../codec'
import { isArray, isObject, type Json, type JsonObject, type Path } from '../../json'
import { type Problem, problem } from '../../problem'
import { type Entry, locationOf } from '../parsed-document'
import { type Annotations, annotationsOf } from './annotations'
import { type Match, match } from './match'

export type Severity = 'critical' | 'high' | 'medium' | 'low'

/** A constraint: a template's rules over what `match` takes, with parameters. */
export interface Constraint {
  readonly entry: Entry
  readonly kind: string
  readonly name: string
  readonly annotations: Annotations
  readonly match: Match
  /** Absent where it has none, not even an empty object. */
  readonly parameters: JsonObject | undefined
  readonly severity: Severity
}

const action = t.keyof({ deny: null, warn: null, dryrun: null }, 'deny, warn or dryrun')
type Action = t.TypeOf<typeof action>

const constraint = t.type({ kind: t.string, metadata: t.type({ name: t.string }) })
const spec = t.intersection([
  t.type({}),
  t.partial({
    match,
    parameters: jsonObject,
    enforcementAction: t.union([action, t.literal('scoped')]),
    scopedEnforcementActions: t.readonlyArray(t.type({ action })),
  }),
])

const SEVERITIES: Readonly<Record<Action, Severity>> = { deny: 'high', warn: 'medium', dryrun: 'low' }

/** Reads a constraint. Fields that are null count as absent, as they do for the API server. */
export const readConstraint = (entry: Entry): E.Either<Problem, Constraint> => {
  const invalid = (name: string, path: Path, expected: string): Problem =>
    problem('gatekeeper-invalid', { kind: named.kind, name, path: pathText(path), expected }, locationOf(entry, path))
  const head = decode(constraint, entry.value)
  const named = E.isRight(head) ? head.right : { kind: 'constraint', metadata: { name: '' } }
  if (E.isLeft(head)) return E.left(invalid('', head.left.path, head.left.expected))
  const { name } = named.metadata
  const read = decode(spec, withoutNulls(entry.value['spec'] ?? {}))
  if (E.isLeft(read)) return E.left(invalid(name, ['spec', ...read.left.path], read.left.expected))
  const annotations = annotationsOf(entry, named.kind, name)
  if (E.isLeft(annotations)) return annotations
  const { match: taken = {}, parameters, enforcementAction = 'deny', scopedEnforcementActions = [] } = read.right
  if (taken.source === 'Generated') {
    return E.left(
      problem(
        'gatekeeper-unsupported',
        { kind: named.kind, name, feature: 'source: Generated, what an ExpansionTemplate makes' },
        locationOf(entry, ['spec', 'match', 'source']),
      ),
    )
  }
  const actions =
    enforcementAction === 'scoped' ? scopedEnforcementActions.map((each) => each.action) : [enforcementAction]
  const strictest = (['deny', 'warn', 'dryrun'] as const).find((each) => actions.includes(each)) ?? 'dryrun'
  return E.right({
    entry,
    kind: named.kind,
    name,
    annotations: annotations.right,
    match: taken,
    // Parameters are the template's: a null there may mean something.
    parameters: parametersOf(entry.value) ?? parameters,
    severity: annotations.right.severity ?? SEVERITIES[strictest],
  })
}

const parametersOf = (value: JsonObject): JsonObject | undefined => {
  const found = isObject(value['spec']) ? value['spec']['parameters'] : undefined
  return isObject(found) ? found : undefined
}

const withoutNulls = (value: Json): Json => {
  if (isArray(value)) return value.map(withoutNulls)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (inner === null ? [] : [[key, withoutNulls(inner)]])),
  )
}
