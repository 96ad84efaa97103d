import * as E from 'fp-ts/Either'
import { type Problem, problem } from '../problem'

/** Collects an option that may be given several times. */
export const repeated = (value: string, before: readonly string[] | undefined): readonly string[] => [
  ...(before ?? []),
  value,
]

/** One of the values that an option takes. */
export const oneOf = <A extends string>(option: string, given: string, values: readonly A[]): E.Either<Problem, A> => {
  const found = values.find((value) => value === given)
  return found === undefined
    ? E.left(problem('option-invalid', { option, given, expected: `one of ${values.join(', ')}` }))
    : E.right(found)
}

/** A number within bounds. */
export const numberWithin = (option: string, given: string, least: number, most: number): E.Either<Problem, number> => {
  const value = given.trim() === '' ? Number.NaN : Number(given)
  return value >= least && value <= most
    ? E.right(value)
    : E.left(problem('option-invalid', { option, given, expected: `a number from ${least} to ${most}` }))
}
