import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import type * as t from 'io-ts'
import { decode, pathText } from '../codec'
import type { Json } from '../json'
import { type PolicyProblem, problem } from '../problem'
import type { Policy } from './policy'

export interface PolicyDefinition<I, O> {
  readonly policy: Policy
  readonly entrypoint: string
  readonly input: t.Type<I, Json, unknown>
  readonly output: t.Type<O, unknown, unknown>
}

/**
 * A policy entrypoint as a typed function. The input is encoded by its codec; an output that does not fit its codec is
 * `policy-output-unexpected` with the place, and so is an undefined one.
 */
export const definePolicy =
  <I, O>({ policy, entrypoint, input, output }: PolicyDefinition<I, O>): ((given: I) => E.Either<PolicyProblem, O>) =>
  (given) =>
    pipe(
      policy.evaluate({ entrypoint, input: input.encode(given) }),
      E.chain(({ value }) =>
        pipe(
          decode(output, value),
          E.mapLeft(
            ({ path, expected }): PolicyProblem =>
              problem('policy-output-unexpected', { path: pathText(path) || entrypoint, expected }),
          ),
        ),
      ),
    )
