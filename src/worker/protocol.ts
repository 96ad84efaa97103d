import * as t from 'io-ts'
import { exact } from '../codec'
import type { PolicyProblem } from '../problem'

// Values cross as the texts of terms: a clone would lose what a set is.

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
  exact(
    'evaluate',
    {
      kind: t.literal('evaluate'),
      entrypoint: t.string,
      inputText: t.union([t.string, t.null]),
      values: t.union([t.literal('json'), t.literal('exact')]),
    },
    {},
  ),
])
export type Request = t.TypeOf<typeof request>

// A problem is made by the same code on both ends; only that it is one is looked at.
const problem = new t.Type<PolicyProblem, PolicyProblem, unknown>(
  'problem',
  (u): u is PolicyProblem => typeof u === 'object' && u !== null && 'code' in u && 'message' in u,
  (u, context) =>
    typeof u === 'object' && u !== null && 'code' in u && 'message' in u
      ? t.success(u as PolicyProblem)
      : t.failure(u, context),
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
  exact('answer', { kind: t.literal('answer'), diagnostics: t.readonlyArray(problem) }, { text: t.string }),
  exact('problem', { kind: t.literal('problem'), problem }, {}),
  exact('printed', { kind: t.literal('printed'), printed }, {}),
])
export type Message = t.TypeOf<typeof message>
