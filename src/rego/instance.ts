import * as opaWasm from '@open-policy-agent/opa-wasm'
import * as E from 'fp-ts/Either'
import type { Json } from '../json'
import { type PolicyProblem, problem } from '../problem'
import type { Builtins } from './builtin'

// Its types declare LoadedPolicy as a named export; as ESM it stands only on the default one.
const { LoadedPolicy } = (opaWasm as unknown as { readonly default: typeof opaWasm }).default

/** 64 KiB, WebAssembly's unit of memory. */
export const PAGE = 65_536
/** What a small module and a small input need. */
export const FIRST_PAGES = 8
const SUPPORTED_ABI = '1.2 or 1.3'

/** One instance of a compiled policy. The only file that knows opa-wasm. */
export interface Instance {
  readonly entrypoints: readonly string[]
  /** Bytes of linear memory held; WebAssembly memory never shrinks. */
  readonly memoryBytes: () => number
  /** Evaluates an input given as JSON text. The text must be JSON: the module reads anything else as no input. */
  readonly evaluate: (entrypoint: string, inputText: string) => E.Either<PolicyProblem, Answer>
}

/** The value of an entrypoint, absent where it is undefined, and the builtins that failed on the way. */
export interface Answer {
  readonly value?: Json
  readonly diagnostics: readonly PolicyProblem[]
}

/** How an instance is made; all of it fixed for the instance's life. */
export interface InstanceOptions {
  readonly builtins: Builtins
  /** The JSON text of `data`. */
  readonly dataText: string
  readonly maximumPages: number
  /**
   * Pages to start with. The module's allocator knows only the memory it started with and then grows page by page, each
   * growth a call into the host; what an input needs is therefore given at the start.
   */
  readonly initialPages: number
}

class Abort extends Error {
  override readonly name = 'Abort'
}

type Exports = Readonly<Record<string, (...args: readonly number[]) => number>>

const exportsOf = (instance: WebAssembly.Instance): Exports => instance.exports as unknown as Exports

const cString = (memory: WebAssembly.Memory, address: number): string => {
  const bytes = new Uint8Array(memory.buffer)
  return new TextDecoder().decode(bytes.subarray(address, bytes.indexOf(0, address)))
}

/** The host half of OPA's WASM ABI 1.x. Values cross as JSON text in the module's memory. */
class Host {
  readonly memory: WebAssembly.Memory
  readonly diagnostics: PolicyProblem[] = []
  #exports: Exports = {}
  #names: readonly string[] = []

  constructor(
    pages: number,
    readonly options: InstanceOptions,
  ) {
    this.memory = new WebAssembly.Memory({ initial: pages, maximum: options.maximumPages })
  }

  attach(instance: WebAssembly.Instance): void {
    this.#exports = exportsOf(instance)
    this.#names = namesById(this.#read(this.#call('builtins')))
  }

  /** The builtins that the module asks for. */
  get builtins(): readonly string[] {
    return this.#names.filter((name) => name !== undefined)
  }

  imports(): WebAssembly.Imports {
    const call = (id: number, _context: number, ...args: readonly number[]): number => this.#builtin(id, args)
    return {
      env: {
        memory: this.memory,
        opa_abort: (address: number): never => {
          throw new Abort(cString(this.memory, address))
        },
        opa_println: (): void => {},
        opa_builtin0: call,
        opa_builtin1: call,
        opa_builtin2: call,
        opa_builtin3: call,
        opa_builtin4: call,
      },
    }
  }

  #call(name: string, ...args: readonly number[]): number {
    const exported = this.#exports[name]
    if (exported === undefined) throw new Abort(`the module does not export ${name}`)
    return exported(...args)
  }

  #read(value: number): Json {
    return JSON.parse(cString(this.memory, this.#call('opa_json_dump', value))) as Json
  }

  #write(value: Json): number {
    const bytes = new TextEncoder().encode(JSON.stringify(value))
    const address = this.#call('opa_malloc', bytes.length)
    new Uint8Array(this.memory.buffer).set(bytes, address)
    return this.#call('opa_json_parse', address, bytes.length)
  }

  /** A failing builtin is undefined, address 0, as in OPA; the failure is kept as a diagnostic. */
  #builtin(id: number, args: readonly number[]): number {
    const name = this.#names[id] ?? `builtin ${id}`
    const builtin = this.options.builtins[name]
    if (builtin === undefined) throw new Abort(`the builtin ${name} is not supplied`)
    try {
      const result = builtin(...args.map((arg) => this.#read(arg)))
      return result === undefined ? 0 : this.#write(result)
    } catch (error) {
      if (error instanceof Abort) throw error
      const reason = error instanceof Error ? error.message : String(error)
      this.diagnostics.push(problem('policy-builtin-failed', { builtin: name, reason }))
      return 0
    }
  }
}

const namesById = (ids: Json): readonly string[] => {
  const names: string[] = []
  if (typeof ids === 'object' && ids !== null) {
    for (const [name, id] of Object.entries(ids)) if (typeof id === 'number') names[id] = name
  }
  return names
}

/**
 * The builtins that a module asks of its host. They are known only to an instance, so a throw-away one is made. A module of an ABI
 * that this host does not speak is refused.
 */
export const requiredBuiltins = (module: WebAssembly.Module): E.Either<PolicyProblem, readonly string[]> => {
  const looked = guarded(FIRST_PAGES, () => {
    const { host, instance } = instantiate(module, BARE)
    return { abi: abiOf(instance), builtins: host.builtins }
  })
  if (E.isLeft(looked)) return looked
  const { major, minor } = looked.right.abi
  return major === 1 && (minor === 2 || minor === 3)
    ? E.right(looked.right.builtins)
    : E.left(problem('policy-abi', { found: `${major ?? 'none'}.${minor ?? 'none'}`, supported: SUPPORTED_ABI }))
}

/** For a look at a module that evaluates nothing. */
const BARE: InstanceOptions = { builtins: {}, dataText: '{}', initialPages: FIRST_PAGES, maximumPages: PAGE }

const isTooSmall = (error: unknown): boolean => error instanceof WebAssembly.LinkError

/** The module's least memory stands only in its binary, so the start is doubled until the module links. */
const instantiate = (
  module: WebAssembly.Module,
  options: InstanceOptions,
): { readonly host: Host; readonly instance: WebAssembly.Instance } => {
  for (
    let pages = Math.min(options.initialPages, options.maximumPages);
    ;
    pages = Math.min(pages * 2, options.maximumPages)
  ) {
    const host = new Host(pages, options)
    try {
      const instance = new WebAssembly.Instance(module, host.imports())
      host.attach(instance)
      return { host, instance }
    } catch (error) {
      if (!isTooSmall(error) || pages === options.maximumPages) throw error
    }
  }
}

const isMemory = (error: unknown): boolean =>
  error instanceof RangeError ||
  // OPA's allocator aborts with its own name when the memory cannot grow.
  (error instanceof Abort && /malloc/.test(error.message)) ||
  (error instanceof WebAssembly.RuntimeError && /out of bounds|unreachable/.test(error.message))

/** Turns what a module and the runtime throw into problems. */
const guarded = <A>(maximumPages: number, run: () => A): E.Either<PolicyProblem, A> => {
  try {
    return E.right(run())
  } catch (error) {
    if (isMemory(error)) return E.left(problem('policy-memory', { maximumPages }))
    return E.left(
      problem('policy-aborted', {
        reason: error instanceof Error ? error.message : typeof error === 'string' ? error : 'unknown',
      }),
    )
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

/** Makes an instance with its data loaded. */
export const createInstance = (
  module: WebAssembly.Module,
  options: InstanceOptions,
): E.Either<PolicyProblem, Instance> =>
  guarded(options.maximumPages, () => {
    const { host, instance } = instantiate(module, options)
    const { minor } = abiOf(instance)
    const policy = new LoadedPolicy({ instance, module }, host.memory, minor)
    policy.setData(bufferOf(options.dataText))
    const entrypoints: Readonly<Record<string, number>> = policy.entrypoints
    return {
      entrypoints: Object.keys(entrypoints),
      memoryBytes: () => host.memory.buffer.byteLength,
      evaluate: (entrypoint, inputText) =>
        guarded(options.maximumPages, () => {
          host.diagnostics.length = 0
          const results: unknown = policy.evaluate(bufferOf(inputText), entrypoint)
          const [first] = Array.isArray(results) ? (results as readonly { readonly result?: Json }[]) : []
          const diagnostics = [...host.diagnostics]
          return first?.result === undefined ? { diagnostics } : { value: first.result, diagnostics }
        }),
    }
  })

const bufferOf = (text: string): ArrayBuffer => {
  const bytes = new TextEncoder().encode(text)
  return bytes.byteLength === bytes.buffer.byteLength ? bytes.buffer : bytes.slice().buffer
}
