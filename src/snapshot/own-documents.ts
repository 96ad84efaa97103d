import * as t from 'io-ts'
import { exact, jsonObject } from '../codec'
import { type Json, type JsonObject, member, type Path } from '../json'

/** The group and version of the project's own documents. */
export const OWN_API_VERSION = 'aks-checklist/v1'

const DATE = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))?$/

/** A day, `2026-05-01`, or an instant as RFC 3339 writes it. */
export const isDate = (text: string): boolean => {
  if (!DATE.test(text) || Number.isNaN(Date.parse(text))) return false
  // Date.parse rolls 30 February over into March.
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === text.slice(0, 10)
}

const date = new t.Type<string, string, unknown>(
  'a date (2026-05-01) or an instant (2026-05-01T08:00:00Z)',
  (u): u is string => typeof u === 'string' && isDate(u),
  (u, context) => (typeof u === 'string' && isDate(u) ? t.success(u) : t.failure(u, context)),
  t.identity,
)

const oneOf = <A extends string>(...values: readonly A[]): t.Type<A, A, unknown> => {
  const is = (u: unknown): u is A => values.some((value) => value === u)
  return new t.Type(
    values.join(', ').replace(/, ([^,]*)$/, ' or $1'),
    is,
    (u, c) => (is(u) ? t.success(u) : t.failure(u, c)),
    t.identity,
  )
}

/** Unquoted, YAML as kubectl reads it makes booleans of `yes` and `no`, and of the key `on`. */
const BOOLEAN_ANSWERS: ReadonlyMap<unknown, string> = new Map([
  [true, 'yes'],
  [false, 'no'],
])
const ON_AS_READ = 'true'

/** An attestation as it is meant: its answer a word, its date under `on`. */
export const meantAttestation = (read: JsonObject): JsonObject => {
  const { [ON_AS_READ]: on, ...rest } = read
  const answer = BOOLEAN_ANSWERS.get(read['answer'])
  return { ...rest, ...(on === undefined ? {} : { on }), ...(answer === undefined ? {} : { answer }) }
}

/** The path by which a document knows what an attestation has at a path. */
export const attestationPath = (read: Json | undefined, path: Path): Path =>
  path[0] === 'on' && member(read, 'on') === undefined && member(read, ON_AS_READ) !== undefined
    ? [ON_AS_READ, ...path.slice(1)]
    : path

const json = new t.Type<Json, Json, unknown>(
  'a value',
  (u): u is Json => u !== undefined,
  (u) => t.success(u as Json),
  t.identity,
)
const evidence = t.union([t.readonlyArray(json), jsonObject], 'a list or an object')
const head = { apiVersion: t.literal(OWN_API_VERSION) }

/** A dated, expiring statement by a person about what no manifest shows. */
export const attestation = exact(
  'Attestation',
  { ...head, kind: t.literal('Attestation'), control: t.string, answer: oneOf('yes', 'no', 'not-applicable') },
  { by: t.string, on: date, until: date, evidence, notes: t.string, metadata: jsonObject },
)
export type Attestation = t.TypeOf<typeof attestation>

const selector = exact(
  'resource',
  {},
  { apiVersion: t.string, kind: t.string, namespace: t.string, name: t.string, id: t.string },
)

/** An accepted finding, with reason and end date. */
export const waiver = exact(
  'Waiver',
  {
    ...head,
    kind: t.literal('Waiver'),
    control: t.string,
    resource: selector,
    reason: t.string,
    by: t.string,
    until: date,
  },
  { metadata: jsonObject },
)
export type Waiver = t.TypeOf<typeof waiver>

/** What was asked for when the snapshot was taken; refused: it was not allowed to be read. */
const collectedKind = exact('collected', { kind: t.string }, { namespace: t.string, refused: t.boolean })

/** The snapshot document: when and how completely the resources beside it, or in it, were collected. */
export const snapshotDocument = exact(
  'Snapshot',
  { ...head, kind: t.literal('Snapshot') },
  {
    takenAt: date,
    cluster: t.string,
    kubernetesVersion: t.string,
    collected: t.readonlyArray(collectedKind),
    resources: t.readonlyArray(jsonObject),
    metadata: jsonObject,
  },
)
export type SnapshotDocument = t.TypeOf<typeof snapshotDocument>
export type CollectedKind = t.TypeOf<typeof collectedKind>
