import * as E from 'fp-ts/Either'
import type { Control } from '../catalogue/control'
import type { Json, JsonObject } from '../json'
import { OUTCOMES, type Pack } from '../pack/pack'
import type { PolicyProblem } from '../problem'
import type { Policy } from '../rego/policy'
import type { Snapshot } from '../snapshot/snapshot'
import { evaluateClusters } from './cluster-units'
import { OutcomeCollector } from './collector'
import { evaluateNamespaces } from './namespace-units'
import { type Outcome, type Rows, readRows } from './outcome'
import { evaluateResources } from './resource-units'
import { EvaluationFailure, type Run } from './run'

export interface Evaluation {
  /** In the order of the controls. */
  readonly outcomes: readonly Outcome[]
  /** Builtins that failed, each once. */
  readonly diagnostics: readonly PolicyProblem[]
}

/** `data.snapshot`. */
const snapshotFacts = (snapshot: Snapshot, controls: readonly Control[]): JsonObject => {
  const kinds = [...new Set(controls.flatMap((control) => [...control.kinds, ...control.needs]))].sort()
  const complete = Object.fromEntries(kinds.filter((kind) => snapshot.isComplete(kind)).map((kind) => [kind, true]))
  return {
    mode: snapshot.mode,
    complete,
    // A day alone means its beginning, in UTC; policies get an instant in any case.
    ...(snapshot.now === undefined
      ? {}
      : { now: snapshot.now.length === 10 ? `${snapshot.now}T00:00:00Z` : snapshot.now }),
    ...(snapshot.kubernetesVersion === undefined ? {} : { kubernetesVersion: snapshot.kubernetesVersion }),
  }
}

/** Runs the controls of one pack over the snapshot. Errors: the first call that failed. */
export const evaluatePack = (
  pack: Pack,
  controls: readonly Control[],
  snapshot: Snapshot,
  parameters: Readonly<Record<string, JsonObject>>,
): E.Either<PolicyProblem, Evaluation> => {
  const own = new Set(pack.catalogue.controls.map(({ id }) => id))
  const selected = controls.filter(({ id }) => own.has(id))
  const facts: Json = snapshotFacts(snapshot, selected)
  const policy = pack.policy.withData({
    parameters: Object.fromEntries(selected.map(({ id }) => [id, parameters[id] ?? {}])),
    snapshot: facts,
  })
  return E.isLeft(policy) ? policy : run(policy.right, selected, snapshot, parameters)
}

const run = (
  policy: Policy,
  controls: readonly Control[],
  snapshot: Snapshot,
  parameters: Readonly<Record<string, JsonObject>>,
): E.Either<PolicyProblem, Evaluation> => {
  const diagnostics = new Map<string, PolicyProblem>()
  const collectors = new Map(controls.map((control) => [control.id, new OutcomeCollector(control, snapshot)]))
  const rowsOf = (called: readonly Control[], inputText: string, units: boolean): readonly (readonly Rows[])[] => {
    const answer = policy.evaluateText(OUTCOMES, inputText, { trusted: true })
    if (E.isLeft(answer)) throw new EvaluationFailure(answer.left)
    for (const diagnostic of answer.right.diagnostics) diagnostics.set(diagnostic.message, diagnostic)
    const rows = readRows(answer.right.value, called, units)
    if (E.isLeft(rows)) throw new EvaluationFailure(rows.left)
    return rows.right
  }
  const call: Run['call'] = (called, inputText) => rowsOf(called, inputText, false)[0] ?? []
  const callMany: Run['callMany'] = (called, inputText) => rowsOf(called, inputText, true)
  const collector: Run['collector'] = (control) => {
    const found = collectors.get(control.id)
    if (found === undefined) throw new RangeError(`${control.id} is not part of this run`)
    return found
  }
  const shared: Run = { snapshot, parameters, call, callMany, collector }
  const of = (unit: Control['unit']): readonly Control[] => controls.filter((control) => control.unit === unit)
  try {
    evaluateResources(shared, of('resource'))
    evaluateNamespaces(shared, of('namespace'))
    evaluateClusters(shared, of('cluster'))
  } catch (error) {
    if (error instanceof EvaluationFailure) return E.left(error.problem)
    throw error
  }
  return E.right({
    outcomes: controls.map((control) => collector(control).outcome()),
    diagnostics: [...diagnostics.values()],
  })
}
