import * as t from 'io-ts'
import { severity } from '../catalogue/control'
import { exact, jsonObject } from '../codec'

/** Raised when a reader of the previous version would misread a report. */
export const SCHEMA_VERSION = 1

const verdict = t.union([
  t.literal('pass'),
  t.literal('fail'),
  t.literal('unknown'),
  t.literal('not-applicable'),
  t.literal('waived'),
])
const answer = t.union([t.literal('yes'), t.literal('no'), t.literal('partly'), t.literal('unknown')])
const tier = t.union([t.literal('core'), t.literal('extended')])
const strings = t.readonlyArray(t.string)
const path = t.readonlyArray(t.union([t.string, t.number]))

const position = exact('position', { line: t.number, column: t.number }, {})
const location = exact('location', { source: t.string, start: position, end: position }, {})

const resource = t.union([
  exact('Kubernetes resource', { apiVersion: t.string, kind: t.string, name: t.string }, { namespace: t.string }),
  exact('Azure resource', { type: t.string, id: t.string, name: t.string }, {}),
  exact('cluster', { kind: t.literal('Cluster') }, {}),
])

const finding = exact(
  'finding',
  {
    controlId: t.string,
    item: t.string,
    severity,
    resource,
    path,
    message: t.string,
    args: jsonObject,
    remediation: t.string,
    url: t.string,
    fingerprint: t.string,
  },
  {
    location,
    excerpt: t.string,
    foldedInto: t.string,
    waiver: exact('waiver', { reason: t.string, by: t.string, until: t.string }, {}),
  },
)

/** The whole answer. A JSON Schema of the same shape ships as `aks-checklist/report.schema.json`. */
export const report = exact(
  'report',
  {
    schemaVersion: t.literal(SCHEMA_VERSION),
    tool: exact('tool', { name: t.string, version: t.string }, {}),
    snapshot: exact(
      'snapshot',
      {
        mode: t.union([t.literal('manifests'), t.literal('cluster')]),
        sources: strings,
        resources: t.number,
        collected: t.readonlyArray(exact('collected', { kind: t.string }, { namespace: t.string, refused: t.boolean })),
      },
      { takenAt: t.string, now: t.string, clusters: strings },
    ),
    questions: t.readonlyArray(
      exact('question', { id: t.string, text: t.string, answer, items: strings, reason: t.string }, {}),
    ),
    items: t.readonlyArray(
      exact(
        'item',
        {
          id: t.string,
          phase: t.string,
          title: t.string,
          verdict,
          reason: t.string,
          controls: exact(
            'counts',
            { pass: t.number, fail: t.number, unknown: t.number, notApplicable: t.number, waived: t.number },
            {},
          ),
        },
        {},
      ),
    ),
    controls: t.readonlyArray(
      exact(
        'control',
        {
          id: t.string,
          item: t.string,
          tier,
          severity,
          verdict,
          checked: t.number,
          failed: t.number,
          undecided: t.number,
          waived: t.number,
          missing: strings,
        },
        {},
      ),
    ),
    findings: t.readonlyArray(finding),
    problems: t.readonlyArray(exact('problem', { code: t.string, message: t.string }, { location })),
  },
  {},
)
export type ReportData = t.TypeOf<typeof report>
