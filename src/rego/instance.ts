import * as opaWasm from '@open-policy-agent/opa-wasm'
import * as E from 'fp-ts/Either'
import type { Json } from '../json'
import { type PolicyProblem, problem } from '../problem'
import { guarded } from './fault'
import { Host, type HostOptions } from './host'
import { PAGE } from './memory'
import { EXACT, readJson, readTerm } from './term'
import { RegoSet, type RegoValue } from './value'

// Its types declare LoadedPolicy as a named export; as ESM it stands only on the default one.
const { LoadedPolicy } = (opaWasm as unknown as { readonly default: typeof opaWasm }).default

/** What a small module and a small input need. */
export const FIRST_PAGES = 8
const SUPPORTED_ABI = '1.2 or 1.3'

/** One instance of a compiled policy. The only file that knows opa-wasm. */
export interface Instance {
  readonly entrypoints: readonly string[]
  /** Bytes of linear memory held; WebAssembly memory never shrinks. */
  readonly memoryBytes: () => number
  /** Evaluates an input given as the text of a term. Text that is none is read by the module as no input. */
  readonly evaluate: (entrypoint: string, inputText: string) => E.Either<PolicyProblem, Answer>
  /** As `evaluate`, with an exact value. */
  readonly evaluateValue: (entrypoint: string, inputText: string) => E.Either<PolicyProblem, ValueAnswer>
  /** As `evaluate`, with the value as the module wrote it. */
  readonly evaluateTerm: (entrypoint: string, inputText: string) => E.Either<PolicyProblem, TermAnswer>
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
  /**
   * Pages to start with. The module's allocator knows only the memory it started with and then grows page by page, each
   * growth a call into the host; what an input needs is therefore given at the start.
   */
  readonly initialPages: number
}

/**
 * The builtins that a module asks of its host. They are known only to an instance, so a throw-away one is made. A module of an ABI
 * that this host does not speak is refused.
 */
export const requiredBuiltins = (module: WebAssembly.Module): E.Either<PolicyProblem, readonly string[]> => {
  const looked = guarded(FIRST_PAGES, () => {
    const { builtins, instance } = instantiate(module, BARE)
    return { abi: abiOf(instance), builtins }
  })
  if (E.isLeft(looked)) return looked
  const { major, minor } = looked.right.abi
  return major === 1 && (minor === 2 || minor === 3)
    ? E.right(looked.right.builtins)
    : E.left(problem('policy-abi', { found: `${major ?? 'none'}.${minor ?? 'none'}`, supported: SUPPORTED_ABI }))
}

/** For a look at a module that evaluates nothing. */
const BARE: InstanceOptions = {
  supplied: {},
  own: {},
  seed: 0,
  dataText: '{}',
  initialPages: FIRST_PAGES,
  maximumPages: PAGE,
}

const isTooSmall = (error: unknown): boolean => error instanceof WebAssembly.LinkError

/** The pages that a module was seen to link with. */
const LINKED = new WeakMap<WebAssembly.Module, number>()

/** The module's least memory stands only in its binary, so the start is doubled until the module links. */
const instantiate = (
  module: WebAssembly.Module,
  options: InstanceOptions,
): { readonly host: Host; readonly instance: WebAssembly.Instance; readonly builtins: readonly string[] } => {
  for (
    let pages = Math.min(Math.max(options.initialPages, LINKED.get(module) ?? 0), options.maximumPages);
    ;
    pages = Math.min(pages * 2, options.maximumPages)
  ) {
    const host = new Host(new WebAssembly.Memory({ initial: pages, maximum: options.maximumPages }), options)
    try {
      const instance = new WebAssembly.Instance(module, host.imports())
      if (!LINKED.has(module)) LINKED.set(module, pages)
      return { host, instance, builtins: host.attach(instance) }
    } catch (error) {
      if (!isTooSmall(error) || pages === options.maximumPages) throw error
    }
  }
}

const abiOf = (instance: WebAssembly.Instance): { readonly major?: number; readonly minor?: number } => {
  const value = (name: string): number | undefined => {
    const global = instance.exports[name]
    return global instanceof WebAssembly.Global && typeof global.value === 'number' ? global.value : undefined
  }
  const [major, minor] = [value('opa_wasm_abi_version'), value('opa_wasm_abi_minor_version')]
  return { ...(major === undefined ? {} : { major }), ...(minor === undefined ? {} : { minor }) }
}

// What an entrypoint's result set looks like where it is defined: one object with one member.
const DEFINED = '{{"result": '

/** Makes an instance with its data loaded. */
export const createInstance = (
  module: WebAssembly.Module,
  options: InstanceOptions,
): E.Either<PolicyProblem, Instance> =>
  guarded(options.maximumPages, () => {
    const { host, instance } = instantiate(module, options)
    const policy = new LoadedPolicy({ instance, module }, host.text.memory, abiOf(instance).minor)
    // Its own `setData` reads JSON alone.
    const dataAddress = host.parse(options.dataText)
    const heap = host.exports.opa_heap_ptr_get()
    const entrypoints: Readonly<Record<string, number>> = policy.entrypoints

    /** The text of the result set. The module's heap starts anew behind the input. */
    const run = (entrypoint: string, inputText: string): string => {
      host.begin()
      const length = host.text.writeAt(heap, inputText)
      const id = entrypoints[entrypoint] ?? 0
      return host.text.read(host.exports.opa_eval(0, id, dataAddress, heap, length, heap + length, 1))
    }

    const defined = (text: string): string | undefined =>
      text.startsWith(DEFINED) ? text.slice(DEFINED.length, -2) : undefined

    const answer = <A>(
      entrypoint: string,
      inputText: string,
      read: (text: string) => A,
    ): E.Either<PolicyProblem, { readonly value?: A; readonly diagnostics: readonly PolicyProblem[] }> =>
      guarded(options.maximumPages, () => {
        const text = defined(run(entrypoint, inputText))
        const { diagnostics } = host
        return text === undefined ? { diagnostics } : { value: read(text), diagnostics }
      })

    return {
      entrypoints: Object.keys(entrypoints),
      memoryBytes: () => host.text.byteLength,
      evaluate: (...asked) => answer(...asked, readJson),
      evaluateValue: (...asked) => answer(...asked, (text) => readTerm(text, EXACT)),
      evaluateTerm: (...asked) => answer(...asked, (text) => text),
      results: (entrypoint, inputText) =>
        guarded(options.maximumPages, () => {
          const set = readTerm<RegoValue>(run(entrypoint, inputText), EXACT)
          return { results: set instanceof RegoSet ? set.members : [], diagnostics: host.diagnostics }
        }),
    }
  })
