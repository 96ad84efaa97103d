import * as E from 'fp-ts/Either'
import type { Control, Severity } from '../catalogue/control'
import { SEVERITIES } from '../catalogue/control'
import { isArray, isObject, type Json, type JsonObject, type Path } from '../json'
import { type PolicyProblem, problem } from '../problem'
import type { Resource } from '../snapshot/resource'

/** What a row speaks of: a resource of the snapshot, a namespace, or the cluster itself. */
export type Target =
  | { readonly is: 'resource'; readonly resource: Resource }
  | { readonly is: 'namespace'; readonly name: string; readonly resource?: Resource }
  | { readonly is: 'cluster'; readonly resource?: Resource }

/** A control failing at a path of its target. */
export interface Violation {
  readonly target: Target
  readonly path: Path
  readonly args: JsonObject
  readonly severity: Severity
}

/** A target that could not be judged, and what was not given. */
export interface Undecided {
  readonly target: Target
  readonly path: Path
  readonly missing: string
}

/** What came of one control over the whole snapshot. */
export interface Outcome {
  readonly control: Control
  readonly violations: readonly Violation[]
  readonly undecided: readonly Undecided[]
  /** How many targets it was applied to. */
  readonly subjects: number
  /** Kinds in `needs` that are not completely collected where the control looked. */
  readonly unmet: readonly string[]
}

/** The rows of one control from one call, refs not yet resolved. */
export interface Rows {
  readonly violations: readonly {
    readonly ref: number
    readonly path: Path
    readonly args: JsonObject
    readonly severity?: Severity
    readonly observed: boolean
  }[]
  readonly undecided: readonly { readonly ref: number; readonly path: Path; readonly missing: string }[]
  readonly subjects: readonly number[]
}

class Unexpected extends Error {
  constructor(
    readonly path: string,
    readonly expected: string,
  ) {
    super(expected)
  }
}

const array = (value: Json | undefined, path: string): readonly Json[] => {
  if (!isArray(value)) throw new Unexpected(path, 'an array')
  return value
}

const integer = (value: Json | undefined, path: string): number => {
  if (typeof value !== 'number' || !Number.isInteger(value)) throw new Unexpected(path, 'a ref')
  return value
}

const pathOf = (value: Json | undefined, path: string): Path =>
  array(value, path).map((segment) => {
    if (typeof segment !== 'string' && typeof segment !== 'number')
      throw new Unexpected(path, 'a path of keys and positions')
    return segment
  })

const severityOf = (value: Json | undefined, path: string): Severity | undefined => {
  if (value === undefined || value === '') return undefined
  const found = SEVERITIES.find((severity) => severity === value)
  if (found === undefined) throw new Unexpected(path, `one of ${SEVERITIES.join(', ')}`)
  return found
}

const violationRow = (row: Json, path: string): Rows['violations'][number] => {
  const [ref, at, args, severity, observed] = array(row, path)
  if (!isObject(args)) throw new Unexpected(`${path}[2]`, 'an object of args')
  const rated = severityOf(severity, `${path}[3]`)
  return {
    ref: integer(ref, `${path}[0]`),
    path: pathOf(at, `${path}[1]`),
    args,
    ...(rated === undefined ? {} : { severity: rated }),
    observed: observed === true,
  }
}

const undecidedRow = (row: Json, path: string): Rows['undecided'][number] => {
  const [ref, at, missing] = array(row, path)
  if (typeof missing !== 'string') throw new Unexpected(`${path}[2]`, 'a phrase')
  return { ref: integer(ref, `${path}[0]`), path: pathOf(at, `${path}[1]`), missing }
}

/**
 * Reads what `report/outcomes` returned for the named controls: one list of rows a unit. `units` is true where many resource units
 * were given in one call.
 */
export const readRows = (
  value: Json | undefined,
  controls: readonly Control[],
  units: boolean,
): E.Either<PolicyProblem, readonly (readonly Rows[])[]> => {
  try {
    return E.right(
      units ? array(value, 'outcomes').map((unit) => unitRows(unit, controls)) : [unitRows(value, controls)],
    )
  } catch (error) {
    if (error instanceof Unexpected)
      return E.left(problem('policy-output-unexpected', { path: error.path, expected: error.expected }))
    throw error
  }
}

const unitRows = (value: Json | undefined, controls: readonly Control[]): readonly Rows[] => {
  const rows = array(value, 'outcomes')
  return controls.map((control, at): Rows => {
    const [violations, undecided, subjects] = array(rows[at], control.id)
    return {
      violations: array(violations, `${control.id}.violation`).map((row, n) =>
        violationRow(row, `${control.id}.violation[${n}]`),
      ),
      undecided: array(undecided, `${control.id}.undecided`).map((row, n) =>
        undecidedRow(row, `${control.id}.undecided[${n}]`),
      ),
      subjects: array(subjects, `${control.id}.subject`).map((ref) => integer(ref, `${control.id}.subject`)),
    }
  })
}
