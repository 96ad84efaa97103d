import { type PolicyProblem, problem } from '../problem'
import type { BuiltinContext, Family, SuppliedBuiltin } from './builtin'
import { Abort } from './fault'
import { TextMemory } from './memory'
import { type PrintSink, printedBy } from './print'
import { randomFrom } from './random'
import { EXACT, readTerm, readWritten, writeTerm } from './term'
import type { RegoValue } from './value'

/** What a module asks of its host, made ready. */
export interface HostOptions {
  /** OPA's builtins as the package has them, by name. */
  readonly supplied: Family
  /** The caller's own; they win. */
  readonly own: Family
  readonly now?: bigint
  readonly seed: number
  readonly print?: PrintSink
}

type Export = (...args: readonly number[]) => number

/** What a module exports for its host, called with numbers and answering with one. */
interface Exports {
  readonly opa_malloc: Export
  readonly opa_free: Export
  readonly opa_json_dump: Export
  readonly opa_value_dump: Export
  readonly opa_value_parse: Export
  readonly opa_heap_ptr_get: Export
  readonly opa_eval: Export
  readonly builtins: Export
}

/** Answers one import: addresses of values in, the address of a value out. */
type Handler = (args: readonly number[]) => number

/** What `print` becomes where a module keeps it. */
export const PRINT = 'internal.print'

/** Undefined, as the module has it. */
const UNDEFINED = 0

/** Bytes of the place for short texts. */
const SCRATCH = 512

/** The host half of OPA's WASM ABI 1.x: memory, aborts, prints and builtins. Values cross as texts in the module's memory. */
export class Host {
  readonly text: TextMemory
  #exports: Exports | undefined
  #handlers: readonly (Handler | undefined)[] = []
  #diagnostics: PolicyProblem[] = []
  #context: BuiltinContext | undefined
  #scratchAddress = UNDEFINED

  constructor(
    memory: WebAssembly.Memory,
    readonly options: HostOptions,
  ) {
    this.text = new TextMemory(memory)
  }

  imports(): WebAssembly.Imports {
    const call = (id: number, args: readonly number[]): number => {
      const handler = this.#handlers[id]
      if (handler === undefined) throw new Abort(`the builtin ${id} is not supplied`)
      return handler(args)
    }
    return {
      env: {
        memory: this.text.memory,
        opa_abort: (address: number): never => {
          throw new Abort(this.text.read(address))
        },
        opa_println: (address: number): void => this.options.print?.({ text: this.text.read(address) }),
        opa_builtin0: (id: number) => call(id, []),
        opa_builtin1: (id: number, _context: number, a: number) => call(id, [a]),
        opa_builtin2: (id: number, _context: number, a: number, b: number) => call(id, [a, b]),
        opa_builtin3: (id: number, _context: number, a: number, b: number, c: number) => call(id, [a, b, c]),
        opa_builtin4: (id: number, _context: number, a: number, b: number, c: number, d: number) =>
          call(id, [a, b, c, d]),
      },
    }
  }

  /** Takes the instance that was made with the imports. Gives the names of the builtins that it asks for. */
  attach(instance: WebAssembly.Instance): readonly string[] {
    // That a module has these was looked at when it was compiled.
    this.#exports = instance.exports as unknown as Exports
    const { opa_json_dump, builtins } = this.#exports
    const ids = Object.entries(JSON.parse(this.#read(opa_json_dump(builtins()))) as Record<string, number>)
    const handlers: Handler[] = []
    for (const [name, id] of ids) handlers[id] = this.#handler(name)
    this.#handlers = handlers
    return ids.map(([name]) => name)
  }

  get exports(): Exports {
    if (this.#exports === undefined) throw new Abort('the module has no instance')
    return this.#exports
  }

  /** Puts the text of a term into the module's heap as a value. */
  parse(text: string): number {
    const { opa_malloc, opa_value_parse, opa_free } = this.exports
    const [address, length] = this.text.write(text, (bytes) => (bytes <= SCRATCH ? this.#scratch : opa_malloc(bytes)))
    const value = opa_value_parse(address, length)
    if (length > SCRATCH) opa_free(address)
    if (value === UNDEFINED) throw new Abort('a value that a module cannot read was given')
    return value
  }

  /** A place for short texts on their way into the module, the same one until the heap starts anew. */
  get #scratch(): number {
    if (this.#scratchAddress === UNDEFINED) this.#scratchAddress = this.exports.opa_malloc(SCRATCH)
    return this.#scratchAddress
  }

  /** Takes a text that the module wrote for its host, and gives its memory back. */
  #read(address: number): string {
    const text = this.text.read(address)
    this.exports.opa_free(address)
    return text
  }

  /** Forgets the evaluation before. */
  begin(): void {
    // The answer before has the old ones, the empty list too.
    this.#diagnostics = []
    this.#context = undefined
    this.#scratchAddress = UNDEFINED
  }

  /** The builtins that failed since `begin`. */
  get diagnostics(): readonly PolicyProblem[] {
    return this.#diagnostics
  }

  #handler(name: string): Handler {
    const { own, supplied, print } = this.options
    const mine = own[name]
    if (mine !== undefined) return this.#calling(name, mine, (text) => readTerm<RegoValue>(text, EXACT))
    if (name === PRINT) {
      return print === undefined ? () => this.parse('true') : this.#calling(name, printing(print), readWritten)
    }
    const builtin = supplied[name]
    if (builtin === undefined)
      return () => {
        throw new Abort(`the builtin ${name} is not supplied`)
      }
    return this.#calling(name, builtin, readWritten)
  }

  /** A failing builtin is undefined, as in OPA; the failure is kept as a diagnostic. */
  #calling(name: string, builtin: SuppliedBuiltin, read: (text: string) => RegoValue): Handler {
    return (args) => {
      let result: RegoValue | undefined
      try {
        this.#context ??= contextOf(this.options)
        const { opa_value_dump } = this.exports
        const given = (arg: number): RegoValue => read(this.#read(opa_value_dump(arg)))
        const [a, b] = args
        // Nearly all have two, and a list costs more than the rest of a short call.
        result =
          args.length === 2
            ? builtin(this.#context, given(a as number), given(b as number))
            : builtin(this.#context, ...args.map(given))
        if (result === undefined) return UNDEFINED
        return this.parse(writeTerm(result))
      } catch (error) {
        if (error instanceof Abort || error instanceof WebAssembly.RuntimeError) throw error
        const reason = error instanceof Error ? error.message : String(error)
        this.#diagnostics.push(problem('policy-builtin-failed', { builtin: name, reason }))
        return UNDEFINED
      }
    }
  }
}

const contextOf = ({ now, seed }: HostOptions): BuiltinContext => ({
  ...(now === undefined ? {} : { now }),
  random: randomFrom(seed),
  memo: new Map(),
})

const printing =
  (sink: PrintSink): SuppliedBuiltin =>
  (_context, operands) => {
    for (const printed of printedBy(operands)) sink(printed)
    return true
  }
