import * as E from 'fp-ts/Either'
import { type PolicyProblem, problem } from '../problem'
import { jsonPlace } from './json-place'
import { writeTerm } from './term'
import type { RegoValue } from './value'

/** What an evaluation is given: a value, or the text of one. */
export type Input = { readonly value: RegoValue } | { readonly text: string }

/** The text of no input: the module then finds `input` undefined. */
export const NO_INPUT: Input = { text: '' }

/** The text that a module reads, or why there is none. */
export const termText = (value: RegoValue): E.Either<PolicyProblem, string> => {
  const refused = (reason: string): E.Either<PolicyProblem, string> =>
    E.left(problem('policy-input-malformed', { reason }))
  // Bytes would be serialised as an object of numbers, and answered as such.
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return refused('bytes were given; parse them first')
  try {
    return E.right(writeTerm(value))
  } catch (error) {
    return refused(error instanceof Error ? error.message : String(error))
  }
}

/** A text from outside, which may be no JSON. */
export const jsonInput = (text: string): E.Either<PolicyProblem, Input> => {
  try {
    JSON.parse(text)
    return E.right({ text })
  } catch {
    return E.left(problem('policy-input-malformed', { reason: 'a value cannot be read' }, jsonPlace(text, 'input')))
  }
}
