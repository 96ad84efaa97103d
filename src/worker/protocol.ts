import * as t from 'io-ts'
import { exact } from '../codec'
import type { PolicyProblem } from '../problem'

// Values cross as the texts of terms: a clone would lose what a set is, and a second reading how a number was written.

const strings = t.readonlyArray(t.string)
const unknown = t.unknown

/** What the owner of a worker asks, one at a time. */
export const request = t.union([
  exact(
    'load',
    {
      kind: t.literal('load'),
      module: unknown,
      dataText: t.string,
      seed: t.number,
      strict: t.boolean,
      print: t.boolean,
    },
    { now: t.bigint, maximumPages: t.number },
  ),
  exact('evaluate', { kind: t.literal('evaluate') }, { entrypoint: t.string, inputText: t.string }),
])
export type Request = t.TypeOf<typeof request>

// A problem is made by the same code on both ends; only that it is one is looked at.
const isProblem = (u: unknown): u is PolicyProblem =>
  typeof u === 'object' &&
  u !== null &&
  'code' in u &&
  typeof u.code === 'string' &&
  'message' in u &&
  typeof u.message === 'string' &&
  'data' in u

const problem = new t.Type<PolicyProblem, PolicyProblem, unknown>(
  'problem',
  isProblem,
  (u, context) => (isProblem(u) ? t.success(u) : t.failure(u, context)),
  t.identity,
)

const position = exact('position', { line: t.number, column: t.number }, {})
const printed = exact(
  'printed',
  { text: t.string },
  { location: exact('location', { source: t.string, start: position, end: position }, {}) },
)

/** What a worker says. */
export const message = t.union([
  exact('loaded', { kind: t.literal('loaded'), entrypoints: strings }, {}),
  exact('answer', { kind: t.literal('answer'), diagnostics: t.readonlyArray(problem) }, { value: t.string }),
  exact('problem', { kind: t.literal('problem'), problem }, {}),
  exact('printed', { kind: t.literal('printed'), printed }, {}),
])
export type Message = t.TypeOf<typeof message>
