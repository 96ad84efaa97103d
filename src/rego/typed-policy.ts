import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import type * as t from 'io-ts'
import { decode, pathText } from '../codec'
import { type PolicyProblem, problem } from '../problem'
import type { Policy } from './policy'
import type { RegoObject, RegoValue } from './value'

export interface PolicyDefinition<I, O> {
  readonly policy: Policy
  readonly entrypoint: string
  readonly input: t.Type<I, RegoValue, unknown>
  readonly output: t.Type<O, unknown, unknown>
  /**
   * `json`, the default: the output codec sees JSON, sets as sorted arrays. `exact`: it sees exact values, for `setOf`, `mapOf`,
   * `integer` and `decimal`.
   */
  readonly values?: 'json' | 'exact'
}

/** A policy entrypoint as a typed function. */
export type TypedPolicy<I, O> = (given: I) => E.Either<PolicyProblem, O>

/** A typed policy that can be put over other data. */
export type TypedPolicyOverData<I, O, D> = TypedPolicy<I, O> & {
  readonly withData: (data: D) => E.Either<PolicyProblem, TypedPolicyOverData<I, O, D>>
}

interface Define {
  /** With a codec for `data` also `withData`, which gives the same function over other data. */
  <I, O, D>(
    definition: PolicyDefinition<I, O> & { readonly data: t.Type<D, RegoObject, unknown> },
  ): TypedPolicyOverData<I, O, D>
  /**
   * A policy entrypoint as a typed function. The input is encoded by its codec; an output that does not fit its codec is
   * `policy-output-unexpected` with the place, and so is an undefined one.
   */
  <I, O>(definition: PolicyDefinition<I, O>): TypedPolicy<I, O>
}

export const definePolicy: Define = <I, O, D>(
  definition: PolicyDefinition<I, O> & { readonly data?: t.Type<D, RegoObject, unknown> },
): TypedPolicyOverData<I, O, D> => {
  const { policy, entrypoint, input, output, values, data: codec } = definition
  const evaluate = values === 'exact' ? policy.evaluateValue : policy.evaluate
  const call: TypedPolicy<I, O> = (given) =>
    pipe(
      // Either answer has the value that the output codec is for.
      evaluate({ entrypoint, input: input.encode(given) }) as E.Either<PolicyProblem, { readonly value?: unknown }>,
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
  return Object.assign(call, {
    withData: (data: D) =>
      pipe(
        // Without a codec the overload above offers no `withData`.
        policy.withData(codec === undefined ? {} : codec.encode(data)),
        E.map((other): TypedPolicyOverData<I, O, D> => definePolicy({ ...definition, policy: other }) as never),
      ),
  })
}
