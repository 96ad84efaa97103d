import { type PolicyProblem, problem } from '../problem'
import type { BuiltinContext, Family, SuppliedBuiltin } from './builtin'
import { Abort, isOfModule } from './fault'
import { PAGE, TextMemory } from './memory'
import { type PrintSink, printedBy } from './print'
import { randomFrom } from './random'
import { putScalar } from './scalar-writer'
import { EXACT, type Reading, WRITTEN, writeTerm } from './term'
import type { RegoValue } from './value'
import { aligned, HEADER } from './value-layout'
import { DumpReader, type KnownTexts, MemoryReader, type ValueReader } from './value-reader'
import { type GrowingMemory, MemoryWriter, type WrittenLayout } from './value-writer'

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

/** What of a module's memory is laid out as this package knows it. */
export interface KnownLayout {
  /** Values can be read where they stand. */
  readonly readable: boolean
  /** What writes values needs; absent where it cannot. */
  readonly written?: WrittenLayout
}

/** Of a module that is not asked. */
export const UNKNOWN_LAYOUT: KnownLayout = { readable: false }

/** Memory in pages of 64 KiB: what an instance starts with, and the most it may have. */
export interface Pages {
  readonly initial: number
  readonly maximum: number
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
  readonly opa_heap_ptr_set: Export
  readonly opa_eval_ctx_new: Export
  readonly opa_eval_ctx_set_input: Export
  readonly opa_eval_ctx_set_data: Export
  readonly opa_eval_ctx_set_entrypoint: Export
  readonly opa_eval_ctx_get_result: Export
  readonly eval: Export
  readonly builtins: Export
  readonly entrypoints: Export
}

/** Answers one import: addresses of values in, the address of a value out. */
type Handler = (args: readonly number[]) => number

/** What `print` becomes where a module keeps it. */
export const PRINT = 'internal.print'

/** Undefined, as the module has it. */
const UNDEFINED = 0

/** Bytes of the place for short texts. */
const SCRATCH = 512
/** What reading an input and evaluating it takes, in multiples of its text. */
const MEMORY_PER_CHARACTER = 24
/** An evaluation takes a fourth of what its input does; one that takes more finds it page by page. */
const SHARE_TO_EVALUATE = 4

/**
 * The host half of OPA's WASM ABI 1.x: memory, aborts, prints and builtins. Values go in as texts of terms and come out as dumps, until `serve` is told that
 * they can be written and read as they stand in memory.
 */
export class Host implements GrowingMemory {
  readonly text: TextMemory
  readonly dumps: DumpReader
  readonly memory: ValueReader
  #exports: Exports | undefined
  #reader: ValueReader
  #writer: MemoryWriter | undefined
  #handlers: readonly (Handler | undefined)[] = []
  #diagnostics: PolicyProblem[] = []
  #context: BuiltinContext | undefined
  #scratchAddress = UNDEFINED
  // Where the heap begins, where the data stands, and where the heap goes on for an evaluation.
  #origin = 0
  #dataText = ''
  #data = UNDEFINED
  #heap = 0

  constructor(
    readonly pages: Pages,
    known: KnownTexts,
    readonly options: HostOptions,
  ) {
    this.text = new TextMemory(new WebAssembly.Memory(pages))
    this.dumps = new DumpReader((address) => this.#taken(this.exports.opa_value_dump(address)))
    this.memory = new MemoryReader(this.text, known)
    this.#reader = this.dumps
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

  /** Takes the instance that was made with the imports. */
  attach(instance: WebAssembly.Instance): void {
    // That a module has these was looked at when it was compiled.
    this.#exports = instance.exports as unknown as Exports
    this.#origin = this.#exports.opa_heap_ptr_get()
  }

  /** Begins the heap with room for keys. Gives its address, the same one in all instances of a module. */
  leaveRoom(bytes: number): number {
    this.exports.opa_heap_ptr_set(this.#origin)
    return aligned(this.exports.opa_malloc(bytes + 3))
  }

  /** Makes what writes into this module's memory. */
  writer(layout: WrittenLayout): MemoryWriter {
    return new MemoryWriter(this.text, this, layout)
  }

  /** Answers the builtins that a module calls by number; reads and writes values in memory where that may be. */
  serve(builtins: Readonly<Record<string, number>>, { readable, written }: KnownLayout): void {
    if (readable) this.#reader = this.memory
    if (written !== undefined) this.#writer = this.writer(written)
    const handlers: Handler[] = []
    for (const [name, id] of Object.entries(builtins)) handlers[id] = this.#handler(name)
    this.#handlers = handlers
  }

  /** Takes the text of `data`. */
  load(dataText: string): void {
    this.#dataText = dataText
    this.#lay()
  }

  /** Lays out what stands in the heap in all evaluations: the keys and the data. */
  #lay(): void {
    const { shapes } = this.#writer?.layout ?? {}
    if (shapes !== undefined) {
      const { room } = shapes
      if (this.leaveRoom(room) === shapes.address) this.#writer?.begin(room)
      else this.#writer = undefined
    }
    this.#scratchAddress = UNDEFINED
    this.#data = this.parse(this.#dataText)
    this.#heap = this.exports.opa_heap_ptr_get()
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

  /** Takes a value out of the module. */
  read<A>(address: number, reading: Reading<A>): A {
    return this.#reader.read(address, reading)
  }

  /** Takes a text that the module wrote for its host, and gives its memory back. */
  #taken(address: number): string {
    const text = this.text.read(address)
    this.exports.opa_free(address)
    return text
  }

  /** Writes an input to where the heap goes on. Gives its address; undefined for what has to go as text. */
  writeInput(value: RegoValue): number | undefined {
    const writer = this.#writer
    if (writer === undefined) return undefined
    this.#begin()
    const address = writer.write(value, this.#heap)
    if (writer.isOutgrown) {
      this.#lay()
      return this.writeInput(value)
    }
    if (address === UNDEFINED) return undefined
    const { top } = writer
    this.reserve(top + Math.ceil((top - this.#heap) / SHARE_TO_EVALUATE))
    this.exports.opa_heap_ptr_set(top)
    return address
  }

  /** As `writeInput`, for the text of a term. Of no text, and of what is no term, there is no input. */
  readInput(text: string): number {
    const heap = this.#heap
    this.#begin()
    this.reserve(heap + text.length * MEMORY_PER_CHARACTER)
    const length = this.text.writeAt(heap, text)
    this.exports.opa_heap_ptr_set(heap + length)
    return this.exports.opa_value_parse(heap, length)
  }

  #begin(): void {
    // The answer before has the old ones, the empty list too.
    this.#diagnostics = []
    this.#context = undefined
    this.#scratchAddress = UNDEFINED
  }

  /**
   * Makes memory up to an address the allocator's, or as much as there may be. The allocator would grow page by page, each time with a call into the host, and
   * knows only what it asked for itself; so it is asked for one block. Where the heap goes on has to be said after it.
   */
  reserve(end: number): void {
    const { byteLength } = this.text
    const pages = Math.min(Math.ceil(end / PAGE), this.pages.maximum) - byteLength / PAGE
    if (pages <= 0) return
    this.exports.opa_heap_ptr_set(byteLength)
    // It asks for a page more than the block and its header fill.
    this.exports.opa_malloc(pages * PAGE - HEADER.bytes - 1)
  }

  /** Evaluates an entrypoint. Gives the address of the result set. It is what `opa_eval` does, without the dump. */
  evaluate(entrypoint: number, input: number): number {
    const { exports } = this
    const context = exports.opa_eval_ctx_new()
    exports.opa_eval_ctx_set_input(context, input)
    exports.opa_eval_ctx_set_data(context, this.#data)
    exports.opa_eval_ctx_set_entrypoint(context, entrypoint)
    if (exports.eval(context) !== 0) throw new Abort('the evaluation failed')
    return exports.opa_eval_ctx_get_result(context)
  }

  /** The builtins that failed in the last evaluation. */
  get diagnostics(): readonly PolicyProblem[] {
    return this.#diagnostics
  }

  #handler(name: string): Handler {
    const { own, supplied, print } = this.options
    const mine = own[name]
    if (mine !== undefined) return this.#calling(name, mine, EXACT)
    if (name === PRINT) {
      return print === undefined ? () => this.parse('true') : this.#calling(name, printing(print), WRITTEN)
    }
    const builtin = supplied[name]
    if (builtin === undefined)
      return () => {
        throw new Abort(`the builtin ${name} is not supplied`)
      }
    return this.#calling(name, builtin, WRITTEN)
  }

  /** Gives a result to the module: a scalar as it stands in memory where that may be, the rest as a text. */
  #give(result: RegoValue): number {
    const address = this.#writer === undefined ? UNDEFINED : putScalar(result, this.text, this.exports)
    return address === UNDEFINED ? this.parse(writeTerm(result)) : address
  }

  /** A failing builtin is undefined, as in OPA; the failure is kept as a diagnostic. */
  #calling(name: string, builtin: SuppliedBuiltin, reading: Reading<RegoValue>): Handler {
    return (args) => {
      let result: RegoValue | undefined
      try {
        this.#context ??= contextOf(this.options)
        const given = (arg: number): RegoValue => this.read(arg, reading)
        const [a, b] = args
        // Nearly all have two, and a list costs more than the rest of a short call.
        result =
          args.length === 2
            ? builtin(this.#context, given(a as number), given(b as number))
            : builtin(this.#context, ...args.map(given))
        if (result === undefined) return UNDEFINED
        return this.#give(result)
      } catch (error) {
        if (isOfModule(error)) throw error
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
