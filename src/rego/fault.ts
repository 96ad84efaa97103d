import * as E from 'fp-ts/Either'
import { type Location, type PolicyProblem, problem } from '../problem'

/** Thrown out of a module's evaluation with what the module said, by its own `opa_abort` or by its host. */
export class Abort extends Error {
  override readonly name = 'Abort'
}

/** Thrown where a value is larger than the memory that an instance may have. */
export class MemoryFull extends Error {
  override readonly name = 'MemoryFull'
}

/** True for what comes from a module or its memory, and from no value or builtin that it was given. */
export const isOfModule = (error: unknown): boolean =>
  error instanceof Abort || error instanceof MemoryFull || error instanceof WebAssembly.RuntimeError

const isMemory = (error: unknown): boolean =>
  error instanceof MemoryFull ||
  error instanceof RangeError ||
  // OPA's allocator aborts with its own name when the memory cannot grow.
  (error instanceof Abort && /malloc/.test(error.message)) ||
  (error instanceof WebAssembly.RuntimeError && /out of bounds|unreachable/.test(error.message))

/** What OPA's compiler writes into a module: `file:row:col: message`. */
const LOCATED = /^(.+?):(\d+):(\d+): (.*)$/s

/** Two values where there can be one. The module's words for it, which are the only sign. */
const CONFLICTS = /^(?:var assignment conflict|object insert conflict)$/

/** A place as OPA counts it, from 1. */
export const placeOf = (source: string, line: number, column: number): Location => ({
  source,
  start: { line, column },
  end: { line, column },
})

const abortedWith = (said: string): PolicyProblem => {
  const [, file, row, column, message] = LOCATED.exec(said) ?? []
  const reason = message ?? said
  const location = file === undefined ? undefined : placeOf(file, Number(row), Number(column))
  return CONFLICTS.test(reason)
    ? problem('policy-conflict', { kind: reason.startsWith('object') ? 'object' : 'rule' }, location)
    : problem('policy-aborted', { reason }, location)
}

/** Turns what a module and the runtime throw into problems. */
export const guarded = <A>(maximumPages: number, run: () => A): E.Either<PolicyProblem, A> => {
  try {
    return E.right(run())
  } catch (error) {
    if (isMemory(error)) return E.left(problem('policy-memory', { maximumPages }))
    return E.left(abortedWith(error instanceof Error ? error.message : String(error)))
  }
}
