import { ConsoleStdout, File, OpenFile, WASI } from '@bjorn3/browser_wasi_shim'
import * as t from 'io-ts'

/** What the module exports: see `wasm/rego/main.go`. */
interface RegoExports {
  readonly memory: WebAssembly.Memory
  readonly _initialize: () => unknown
  readonly alloc: (size: number) => number
  readonly call: (operation: number, pointer: number, size: number) => number
  readonly size: () => number
}

/** A running module. A call that throws leaves it unusable. */
export interface Instance {
  readonly call: (operation: number, request: Uint8Array) => Uint8Array
  /** What the module wrote to its error stream, which is where a dying Go program says why, above a long trace. */
  readonly lastWords: () => string
}

const LINES_KEPT = 50
const CAUSE = /^(?:fatal error|panic): /

const isExports = (exports: WebAssembly.Exports): exports is WebAssembly.Exports & RegoExports =>
  exports['memory'] instanceof WebAssembly.Memory &&
  ['_initialize', 'alloc', 'call', 'size'].every((name) => t.Function.is(exports[name]))

/** A host without files, arguments or environment: time and randomness are all that the module gets from it. */
const makeHost = (): { readonly wasi: WASI; readonly lastWords: () => string } => {
  const written: string[] = []
  const keep = ConsoleStdout.lineBuffered((line) => {
    if (written.length < LINES_KEPT) written.push(line.trimEnd())
  })
  const nowhere = new OpenFile(new File([]))
  return {
    wasi: new WASI([], [], [nowhere, keep, keep], { debug: false }),
    lastWords: () => written.find((line) => CAUSE.test(line)) ?? written[0] ?? '',
  }
}

const start = (host: ReturnType<typeof makeHost>, { exports }: WebAssembly.Instance): Instance => {
  if (!isExports(exports)) throw new Error('the module is not the Rego compiler: it exports other functions')
  host.wasi.initialize({ exports })
  const call = (operation: number, request: Uint8Array): Uint8Array => {
    const pointer = exports.alloc(request.length)
    new Uint8Array(exports.memory.buffer, pointer, request.length).set(request)
    const reply = exports.call(operation, pointer, request.length)
    return new Uint8Array(exports.memory.buffer, reply, exports.size()).slice()
  }
  return { call, lastWords: host.lastWords }
}

/** Starts the module. Throws what the host throws, and on a module with other exports. */
export const instantiate = async (module: WebAssembly.Module): Promise<Instance> => {
  const host = makeHost()
  return start(host, await WebAssembly.instantiate(module, { wasi_snapshot_preview1: host.wasi.wasiImport }))
}

/** The same without waiting, which Chromium refuses for a large module outside workers. */
export const instantiateNow = (module: WebAssembly.Module): Instance => {
  const host = makeHost()
  return start(host, new WebAssembly.Instance(module, { wasi_snapshot_preview1: host.wasi.wasiImport }))
}
