import type { Control } from '../catalogue/control'
import type { Resource } from '../snapshot/resource'
import { isAmong } from './kinds'
import type { Rows, Target } from './outcome'
import type { Run } from './run'

/** A namespace or cluster unit: its resources by ref, and what a ref outside of them, -1, stands for. */
export interface JudgedUnit {
  readonly resources: readonly Resource[]
  readonly whole: Target
  readonly namespace?: string
}

/** Hands the rows of one call to the controls' collectors, refs resolved. */
export const recordUnit = (
  run: Run,
  controls: readonly Control[],
  rows: readonly Rows[],
  { resources, whole, namespace }: JudgedUnit,
): void => {
  const targetOf = (ref: number): Target => {
    const resource = resources[ref]
    return resource === undefined ? whole : { is: 'resource', resource }
  }
  controls.forEach((control, at) => {
    const own = rows[at]
    if (own === undefined) return
    const judged = new Set(control.subjects ?? control.kinds)
    const subjects = control.rules.subject
      ? // The whole is counted once, whichever unit object stands for it.
        own.subjects.map((ref) => resources[ref] ?? `${whole.is} ${namespace ?? ''}`)
      : resources.filter((resource) => isAmong(judged, resource))
    run.collector(control).add(own, targetOf, subjects, namespace)
  })
}
