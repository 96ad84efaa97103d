import { type Problem, type ProblemCode, type ProblemData, problem } from '../problem'
import type { Limits } from './document'
import type { Lines } from './lines'

/** What is wrong at a place of a text: a problem before offsets become lines. */
export type Refusal = {
  readonly [C in ProblemCode]: {
    readonly code: C
    readonly data: ProblemData[C]
    readonly start: number
    readonly end: number
  }
}[ProblemCode]

export const syntax = (reason: string, start: number, end: number = start + 1): Refusal => ({
  code: 'syntax',
  data: { reason },
  start,
  end,
})

export const tooMuch = (source: string, limits: Limits, limit: 'depth' | 'aliases', start: number): Refusal => ({
  code: 'source-limit',
  data: { source, limit, allowed: limits[limit] },
  start,
  end: start + 1,
})

/** Ends the reading of one document; caught where documents are read, so it never leaves this layer. */
export class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.code)
  }
}

export const toProblem = (refusal: Refusal, source: string, lines: Lines, length: number): Problem =>
  problem(refusal.code, refusal.data, {
    source,
    ...lines.range(Math.min(refusal.start, length), Math.min(refusal.end, length)),
  })
