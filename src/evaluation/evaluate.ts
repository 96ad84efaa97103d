import * as E from 'fp-ts/Either'
import type { Control } from '../catalogue/control'
import type { Json, JsonObject } from '../json'
import { OUTCOMES, type Pack } from '../pack/pack'
import type { PolicyProblem } from '../problem'
import type { Policy } from '../rego/policy'
import type { Snapshot } from '../snapshot/snapshot'
import { evaluateClusters } from './cluster-units'
import { OutcomeCollector } from './collector'
import { EVERY } from './kinds'
import { evaluateNamespaces } from './namespace-units'
import { type Outcome, type Rows, readRows } from './outcome'
import { evaluateResources } from './resource-units'
import { EvaluationFailure, type Run } from './run'
import { resourcesInput } from './unit-input'

export interface Evaluation {
  /** In the order of the controls. */
  readonly outcomes: readonly Outcome[]
  /** Builtins that failed, each once. */
  readonly diagnostics: readonly PolicyProblem[]
}

/** A resource unit holds no Namespace; a control that reads them finds them in `data.snapshot`. */
const isReadingNamespaces = ({ reads }: Control): boolean => 'Namespace' in reads

const namespacesByName = ({ resources }: Snapshot): JsonObject =>
  Object.fromEntries(resources.filter(({ kind }) => kind === 'Namespace').map(({ name, value }) => [name, value]))

/** `data.snapshot`. */
const snapshotFacts = (snapshot: Snapshot, controls: readonly Control[]): JsonObject => {
  const kinds = [...new Set(controls.flatMap((control) => [...control.kinds, ...control.needs]))].sort()
  const complete = Object.fromEntries(
    kinds.filter((kind) => !kind.endsWith(EVERY) && snapshot.isComplete(kind)).map((kind) => [kind, true]),
  )
  return {
    mode: snapshot.mode,
    complete,
    // A day alone means its beginning, in UTC; policies get an instant in any case.
    ...(snapshot.now === undefined
      ? {}
      : { now: snapshot.now.length === 10 ? `${snapshot.now}T00:00:00Z` : snapshot.now }),
    ...(controls.some(isReadingNamespaces) ? { namespaces: namespacesByName(snapshot) } : {}),
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
    ...pack.data,
    parameters: Object.fromEntries(selected.map(({ id }) => [id, parameters[id] ?? {}])),
    snapshot: facts,
  })
  return E.isLeft(policy) ? policy : run(policy.right, selected, snapshot, parameters)
}

type Aborted = Extract<PolicyProblem, { readonly code: 'policy-aborted' | 'policy-conflict' }>
type Answered = E.Either<Aborted, readonly (readonly Rows[])[]>

const lacking = ({ message }: Aborted): string => `a rule that ends (${message})`

const halves = <A>(all: readonly A[]): readonly (readonly A[])[] => {
  const middle = Math.ceil(all.length / 2)
  return [all.slice(0, middle), all.slice(middle)]
}

/**
 * Rego may abort on one input, where two definitions of a function disagree for one. What called for it is then found by halves, and
 * is undecided; the rest is judged.
 */
const run = (
  policy: Policy,
  controls: readonly Control[],
  snapshot: Snapshot,
  parameters: Readonly<Record<string, JsonObject>>,
): E.Either<PolicyProblem, Evaluation> => {
  const diagnostics = new Map<string, PolicyProblem>()
  const collectors = new Map(controls.map((control) => [control.id, new OutcomeCollector(control, snapshot)]))
  const rowsOf = (called: readonly Control[], inputText: string, units: boolean): Answered => {
    const answer = policy.evaluateText(OUTCOMES, inputText, { trusted: true })
    if (E.isLeft(answer)) {
      if (answer.left.code === 'policy-aborted' || answer.left.code === 'policy-conflict') return E.left(answer.left)
      throw new EvaluationFailure(answer.left)
    }
    for (const diagnostic of answer.right.diagnostics) diagnostics.set(diagnostic.message, diagnostic)
    const rows = readRows(answer.right.value, called, units)
    if (E.isLeft(rows)) throw new EvaluationFailure(rows.left)
    return rows
  }
  const aborted = (aborting: Aborted, ref: number): Rows => {
    diagnostics.set(aborting.message, aborting)
    return { violations: [], undecided: [{ ref, path: [], missing: lacking(aborting) }], subjects: [ref] }
  }
  const call: Run['call'] = (called, input) => {
    const rows = rowsOf(called, input(called), false)
    if (E.isRight(rows)) return rows.right[0] ?? []
    if (called.length === 1) return [aborted(rows.left, -1)]
    return halves(called).flatMap((half) => call(half, input))
  }
  const callMany: Run['callMany'] = (called, texts) => {
    const rows = rowsOf(called, resourcesInput(called, texts), true)
    if (E.isRight(rows)) return rows.right
    if (texts.length > 1) return halves(texts).flatMap((half) => callMany(called, half))
    if (called.length === 1) return [[aborted(rows.left, 0)]]
    return [halves(called).flatMap((half) => callMany(half, texts)[0] ?? [])]
  }
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
