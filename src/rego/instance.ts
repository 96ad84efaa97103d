import type * as E from 'fp-ts/Either'
import { isArray, type Json, member } from '../json'
import type { PolicyProblem } from '../problem'
import { guarded } from './fault'
import { Host, type HostOptions } from './host'
import type { LoadedModule } from './loaded-module'
import { EXACT, JSON_READING, type Reading } from './term'
import { isRegoObject, RegoSet, type RegoValue } from './value'

/** One instance of a compiled policy. */
export interface Instance {
  /** Bytes of linear memory held; WebAssembly memory never shrinks. */
  readonly memoryBytes: () => number
  /** Evaluates an input given as the text of a term. Text that is none is read by the module as no input. */
  readonly evaluate: (entrypoint: string, inputText: string) => E.Either<PolicyProblem, Answer>
  /** As `evaluate`, with an exact value. */
  readonly evaluateValue: (entrypoint: string, inputText: string) => E.Either<PolicyProblem, ValueAnswer>
  /** The result set as it stands. A module that was compiled from a query gives its bindings. */
  readonly results: (entrypoint: string, inputText: string) => E.Either<PolicyProblem, ResultSet>
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
  /**
   * Pages to start with. The module's allocator knows only the memory it started with and then grows page by page, each
   * growth a call into the host; what an input needs is therefore given at the start.
   */
  readonly initialPages: number
}

/** Makes an instance with its data loaded. */
export const createInstance = (
  { module, builtins, entrypoints, pages, knownLayout }: LoadedModule,
  options: InstanceOptions,
): E.Either<PolicyProblem, Instance> =>
  guarded(options.maximumPages, () => {
    const initial = Math.min(Math.max(options.initialPages, pages), options.maximumPages)
    const host = new Host(new WebAssembly.Memory({ initial, maximum: options.maximumPages }), options)
    host.attach(new WebAssembly.Instance(module, host.imports()))
    host.serve(builtins, knownLayout)
    const data = host.parse(options.dataText)
    const heap = host.exports.opa_heap_ptr_get()

    const run = <A>(
      entrypoint: string,
      inputText: string,
      reading: Reading<A>,
    ): { readonly set: A; readonly diagnostics: readonly PolicyProblem[] } => {
      const set = host.read(host.evaluate(entrypoints[entrypoint] ?? 0, data, heap, inputText), reading)
      return { set, diagnostics: host.diagnostics }
    }

    return {
      memoryBytes: () => host.text.byteLength,
      evaluate: (entrypoint, inputText) =>
        guarded(options.maximumPages, () => {
          const { set, diagnostics } = run(entrypoint, inputText, JSON_READING)
          const value = isArray(set) ? member(set[0], VALUE) : undefined
          return value === undefined ? { diagnostics } : { value, diagnostics }
        }),
      evaluateValue: (entrypoint, inputText) =>
        guarded(options.maximumPages, () => {
          const { set, diagnostics } = run<RegoValue>(entrypoint, inputText, EXACT)
          const found = set instanceof RegoSet ? set.members[0] : undefined
          const value = isRegoObject(found) ? found[VALUE] : undefined
          return value === undefined ? { diagnostics } : { value, diagnostics }
        }),
      results: (entrypoint, inputText) =>
        guarded(options.maximumPages, () => {
          const { set, diagnostics } = run<RegoValue>(entrypoint, inputText, EXACT)
          return { results: set instanceof RegoSet ? set.members : [], diagnostics }
        }),
    }
  })

/** Under this an entrypoint's result set has its value: one object where it is defined, none where it is not. */
const VALUE = 'result'
