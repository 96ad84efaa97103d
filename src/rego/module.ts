import * as E from 'fp-ts/Either'
import * as TE from 'fp-ts/TaskEither'
import { type PolicyProblem, problem } from '../problem'

/**
 * A `WebAssembly.Module`. TypeScript's own type of it has no members, so every value is of that type: the name of a file, and a
 * promise of bytes that nobody waited for.
 */
export type CompiledModule = WebAssembly.Module & object & { readonly then?: never }

/** What a compiled policy can be handed in as. A compiled module is what edge runtimes give. */
export type ModuleSource = Uint8Array | ArrayBuffer | CompiledModule | Response | Promise<Response>

const WASM_MAGIC = [0x00, 0x61, 0x73, 0x6d]
const REQUIRED_EXPORTS = [
  'opa_malloc',
  'opa_free',
  'opa_json_parse',
  'opa_json_dump',
  'opa_value_parse',
  'opa_value_dump',
  'opa_heap_ptr_get',
  'opa_heap_ptr_set',
  'opa_eval_ctx_new',
  'opa_eval_ctx_set_input',
  'opa_eval_ctx_set_data',
  'opa_eval_ctx_set_entrypoint',
  'opa_eval_ctx_get_result',
  'eval',
  'builtins',
  'entrypoints',
]

/** Names what bytes are, for somebody who handed in the wrong file. */
const describeBytes = (bytes: Uint8Array): string => {
  if (bytes.length === 0) return 'no bytes'
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return 'gzip data (a bundle or a compressed module)'
  if (WASM_MAGIC.every((byte, at) => bytes[at] === byte)) return 'a damaged WebAssembly module'
  const head = new TextDecoder().decode(bytes.subarray(0, 40)).trim()
  if (head.startsWith('<')) return 'a page of HTML or XML'
  if (/^(package|import|#)/.test(head)) return 'Rego source; compile it first'
  return `bytes that start with ${[...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')}`
}

const checkExports = (module: WebAssembly.Module): E.Either<PolicyProblem, WebAssembly.Module> => {
  const names = new Set(WebAssembly.Module.exports(module).map((entry) => entry.name))
  const absent = REQUIRED_EXPORTS.filter((name) => !names.has(name))
  return absent.length === 0
    ? E.right(module)
    : E.left(problem('policy-not-wasm', { found: `a module that does not export ${absent.join(', ')}` }))
}

const compileBytes = (bytes: Uint8Array<ArrayBuffer>): TE.TaskEither<PolicyProblem, WebAssembly.Module> =>
  WASM_MAGIC.every((byte, at) => bytes[at] === byte)
    ? TE.tryCatch(
        () => WebAssembly.compile(bytes),
        (): PolicyProblem => problem('policy-not-wasm', { found: describeBytes(bytes) }),
      )
    : TE.left(problem('policy-not-wasm', { found: describeBytes(bytes) }))

const responseBytes = (source: Response | Promise<Response>): TE.TaskEither<PolicyProblem, Uint8Array<ArrayBuffer>> =>
  TE.tryCatch(
    async () => {
      const response = await source
      if (!response.ok) throw new Error(`HTTP status ${response.status}`)
      return new Uint8Array(await response.arrayBuffer())
    },
    (reason): PolicyProblem => problem('policy-not-wasm', { found: `a response that failed: ${String(reason)}` }),
  )

/** Compiles whatever form the module came in and checks that OPA made it. */
export const compileModule = (source: ModuleSource): TE.TaskEither<PolicyProblem, WebAssembly.Module> => {
  const compiled =
    source instanceof WebAssembly.Module
      ? TE.right<PolicyProblem, WebAssembly.Module>(source)
      : source instanceof Uint8Array
        ? compileBytes(new Uint8Array(source))
        : source instanceof ArrayBuffer
          ? compileBytes(new Uint8Array(source))
          : TE.chain(compileBytes)(responseBytes(source))
  return TE.chainEitherK(checkExports)(compiled)
}
