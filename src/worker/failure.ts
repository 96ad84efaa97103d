import { type PolicyProblem, problem } from '../problem'

/** A worker that does not do what it was asked to. */
export const workerFailed = (reason: string): PolicyProblem => problem('policy-worker-failed', { reason })

/** What was thrown, in words. */
export const reasonOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))
