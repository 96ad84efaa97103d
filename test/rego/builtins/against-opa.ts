import fc from 'fast-check'
import { isLeft } from 'fp-ts/Either'
import { expect } from 'vitest'
import { callBuiltin, type RegoCompiler } from '../../../src/compiler/index'
import { shippedCompiler } from '../../../src/compiler/shipped'
import type { BuiltinContext, Family } from '../../../src/rego/builtin'
import { formatTerm } from '../../../src/rego/format-term'
import { randomFrom } from '../../../src/rego/random'
import { readWritten, writeTerm } from '../../../src/rego/term'
import { RegoMap, RegoSet, type RegoValue } from '../../../src/rego/value'

/** OPA's own code, in the shipped compiler. */
export const opa = async (): Promise<RegoCompiler> => {
  const loaded = await shippedCompiler()
  if (isLeft(loaded)) throw new Error(loaded.left.message)
  return loaded.right
}

/** The time that both sides see: 2026-05-01T08:30:00.123456789Z. */
export const NOW = 1_777_624_200_123_456_789n

const context = (): BuiltinContext => ({ now: NOW, random: randomFrom(0), memo: new Map() })

/** What one side said: the text of the result, or that there is none. Why there is none is for people. */
export type Said = { readonly result: string } | 'undefined'

/** Arguments as a compiled module hands them over. */
const handedOver = (args: readonly RegoValue[]): readonly RegoValue[] => args.map((arg) => readWritten(writeTerm(arg)))

export const ours = (family: Family, name: string, args: readonly RegoValue[]): Said => {
  const builtin = family[name]
  if (builtin === undefined) throw new Error(`${name} is not in the family`)
  try {
    const result = builtin(context(), ...handedOver(args))
    // Through text and back, as into a module and out of it.
    return result === undefined ? 'undefined' : { result: formatTerm(readWritten(writeTerm(result))) }
  } catch (error) {
    // Only a refusal is an answer; anything else is a fault of the builtin's code.
    if (error instanceof Error && error.name === 'BuiltinRefusal') return 'undefined'
    throw error
  }
}

export const theirs = (compiler: RegoCompiler, name: string, args: readonly RegoValue[]): Said => {
  // OPA's parser of terms takes no byte order mark, also inside of a string.
  const terms = args.map((arg) => writeTerm(arg).replaceAll('\ufeff', '\\ufeff'))
  const answer = callBuiltin(compiler, name, terms, { now: NOW })
  if (isLeft(answer)) {
    const fault = answer.left.find(({ code }) => code !== 'rego-error')
    if (fault !== undefined) throw new Error(fault.message)
    return 'undefined'
  }
  return answer.right === undefined ? 'undefined' : { result: formatTerm(readWritten(answer.right)) }
}

/** How often each builtin is called with random arguments, at least; more by hand: `RUNS=100000 npx vitest run test/rego/builtins`. */
export const RUNS = Number(process.env['RUNS'] ?? 2_000)

/** Calls both sides with the same random arguments and expects the same answer, to the letter, each time. */
export const sameAsOpa = async (
  family: Family,
  name: string,
  args: fc.Arbitrary<readonly RegoValue[]>,
  numRuns = RUNS,
): Promise<void> => {
  const compiler = await opa()
  fc.assert(
    fc.property(args, (given) => {
      expect({ given, said: ours(family, name, given) }).toEqual({ given, said: theirs(compiler, name, given) })
    }),
    { numRuns },
  )
}

/** Any Rego value, small: all types, nested, with numbers and texts that are hard to get right. */
export const anyValue: fc.Arbitrary<RegoValue> = fc.letrec<{ value: RegoValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2 },
    fc.constant(null),
    fc.boolean(),
    fc.integer({ min: -1000, max: 1000 }),
    fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter((n) => !Object.is(n, -0)),
    fc.string({ maxLength: 6 }),
    fc.string({ unit: 'grapheme', maxLength: 4 }),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.string({ maxLength: 3 }), tie('value'), { maxKeys: 3, noNullPrototype: true }),
    fc.array(tie('value'), { maxLength: 3 }).map((members) => new RegoSet(members)),
    fc
      .array(fc.tuple(tie('value'), tie('value')), { maxLength: 3 })
      .filter((entries) => entries.some(([key]) => typeof key !== 'string'))
      .map((entries) => new RegoMap(entries)),
  ),
})).value

/** Arguments of which now and then one is of any type at all, since a policy may hand over anything. */
export const mostly = (...args: readonly fc.Arbitrary<RegoValue>[]): fc.Arbitrary<readonly RegoValue[]> =>
  fc.tuple(...args.map((arg) => fc.oneof({ weight: 15, arbitrary: arg }, { weight: 1, arbitrary: anyValue })))
