import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import { isArray, type Json, member } from '../json'
import type { PolicyProblem } from '../problem'
import { Abort, guarded } from './fault'
import { Host, type HostOptions, UNKNOWN_LAYOUT } from './host'
import { type Input, termText } from './input'
import type { LoadedModule } from './loaded-module'
import { PAGE } from './memory'
import { EXACT, JSON_READING } from './term'
import { isRegoObject, RegoSet, type RegoValue } from './value'
import { REACH } from './value-layout'

/** One instance of a compiled policy. */
export interface Instance {
  /** Bytes of linear memory held; WebAssembly memory never shrinks. */
  readonly memoryBytes: () => number
  /** Bytes of it that the last evaluation took, with all that was there before. */
  readonly usedBytes: () => number
  /** Evaluates an entrypoint. Text that is no term is read by the module as no input. */
  readonly evaluate: (entrypoint: string, input: Input) => E.Either<PolicyProblem, Answer>
  /** As `evaluate`, with an exact value. */
  readonly evaluateValue: (entrypoint: string, input: Input) => E.Either<PolicyProblem, ValueAnswer>
  /** As `evaluate`, with the value as the module wrote it. */
  readonly evaluateTerm: (entrypoint: string, input: Input) => E.Either<PolicyProblem, TermAnswer>
  /** The result set as it stands. A module that was compiled from a query gives its bindings. */
  readonly results: (entrypoint: string, input: Input) => E.Either<PolicyProblem, ResultSet>
}

/** The value of an entrypoint, absent where it is undefined, and the builtins that failed on the way. */
export interface Answer {
  readonly value?: Json
  readonly diagnostics: readonly PolicyProblem[]
}

/** An answer whose value is exact: sets, keys of any kind, integers and decimals of any length; all of it in Rego's order. */
export interface ValueAnswer {
  readonly value?: RegoValue
  readonly diagnostics: readonly PolicyProblem[]
}

/** An answer whose value is the text of a term, to be read elsewhere: by another thread. */
export interface TermAnswer {
  readonly value?: string
  readonly diagnostics: readonly PolicyProblem[]
}

/** Everything that an evaluation found: an object of bindings for each result. */
export interface ResultSet {
  readonly results: readonly RegoValue[]
  readonly diagnostics: readonly PolicyProblem[]
}

/** How an instance is made; all of it fixed for the instance's life. */
export interface InstanceOptions extends HostOptions {
  /** The text of `data`. */
  readonly dataText: string
  readonly maximumPages: number
}

/** Makes an instance with its data loaded. */
export const createInstance = (
  { module, builtins, entrypoints, pages, layout, known }: LoadedModule,
  options: InstanceOptions,
): E.Either<PolicyProblem, Instance> =>
  guarded(options.maximumPages, () => {
    const initial = Math.min(pages, options.maximumPages)
    const host = new Host({ initial, maximum: options.maximumPages }, known, options)
    host.attach(new WebAssembly.Instance(module, host.imports()))
    host.serve(builtins, options.maximumPages * PAGE <= REACH ? layout : UNKNOWN_LAYOUT)
    host.load(options.dataText)

    const jsonIn = (set: number): Json | undefined => {
      const found = host.read(set, JSON_READING)
      const results = isArray(found) ? found : [found]
      return results.length === 0 ? undefined : present(member(results[0], VALUE))
    }
    const membersOf = (set: number): readonly RegoValue[] => {
      const found = host.read<RegoValue>(set, EXACT)
      return present(found instanceof RegoSet ? found.members : undefined)
    }
    const valueIn = (set: number): RegoValue | undefined => {
      const [found] = membersOf(set)
      return found === undefined ? found : present(isRegoObject(found) ? found[VALUE] : undefined)
    }
    const termIn = (set: number): string | undefined => {
      const text = host.dumps.dump(set)
      return text === NO_MEMBERS
        ? undefined
        : present(text.startsWith(BEFORE_VALUE) ? text.slice(BEFORE_VALUE.length, -AFTER_VALUE.length) : undefined)
    }

    const placed = (input: Input): E.Either<PolicyProblem, number> => {
      const read = (text: string): E.Either<PolicyProblem, number> =>
        guarded(options.maximumPages, () => host.readInput(text))
      if ('text' in input) return read(input.text)
      return pipe(
        guarded(options.maximumPages, () => host.writeInput(input.value)),
        E.chain((address) => (address === undefined ? pipe(termText(input.value), E.chain(read)) : E.right(address))),
      )
    }

    /** An evaluation that takes from the result set, by its address, what it has. */
    const taking =
      <A>(take: (set: number) => A | undefined) =>
      (entrypoint: string, input: Input): E.Either<PolicyProblem, Taken<A>> => {
        const address = placed(input)
        if (E.isLeft(address)) return address
        const taken = guarded(options.maximumPages, () => {
          const value = take(host.evaluate(entrypoints[entrypoint] ?? 0, address.right))
          const { diagnostics } = host
          return value === undefined ? { diagnostics } : { value, diagnostics }
        })
        if (E.isLeft(taken)) known.forget()
        return taken
      }

    return {
      memoryBytes: () => host.text.byteLength,
      usedBytes: () => host.exports.opa_heap_ptr_get(),
      evaluate: taking(jsonIn),
      evaluateValue: taking(valueIn),
      evaluateTerm: taking(termIn),
      results: (entrypoint, input) =>
        pipe(
          taking(membersOf)(entrypoint, input),
          E.map(({ value: results = [], diagnostics }) => ({ results, diagnostics })),
        ),
    }
  })

/** What an evaluation found, absent where that is nothing, and the builtins that failed on the way. */
interface Taken<A> {
  readonly value?: A
  readonly diagnostics: readonly PolicyProblem[]
}

/** A module that wrote over its own memory may give anything; that must not read as "undefined". */
const present = <A>(value: A | undefined): A => {
  if (value !== undefined) return value
  throw new Abort('the result has no value')
}

/** Under this an entrypoint's result set has its value: one object where it is defined, none where it is not. */
const VALUE = 'result'
const BEFORE_VALUE = `{{"${VALUE}": `
const AFTER_VALUE = '}}'
const NO_MEMBERS = 'set()'
