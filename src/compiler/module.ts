import * as TE from 'fp-ts/TaskEither'
import { type PolicyProblem, problem } from '../problem'
import type { CompiledModule } from '../rego/module'

/** The compiler's module: packed with gzip or not, or already compiled, or on its way. */
export type CompilerModule = CompilerBytes | CompiledModule

type CompilerBytes = Uint8Array | ArrayBuffer | Response | Promise<Response>

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

const inflate = async (bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> => {
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
  return new Uint8Array(await new Response(inflated).arrayBuffer())
}

const read = async (module: CompilerBytes): Promise<Uint8Array<ArrayBuffer>> => {
  if (module instanceof Uint8Array || module instanceof ArrayBuffer) return new Uint8Array(module)
  const response = await module
  if (!response.ok) throw new Error(`HTTP status ${response.status} for ${response.url}`)
  return new Uint8Array(await response.arrayBuffer())
}

const compile = async (module: CompilerModule): Promise<WebAssembly.Module> => {
  if (module instanceof WebAssembly.Module) return module
  const bytes = await read(module)
  return WebAssembly.compile(isGzip(bytes) ? await inflate(bytes) : bytes)
}

/** Reads, inflates and compiles the compiler's module. */
export const compileCompiler = (module: CompilerModule): TE.TaskEither<PolicyProblem, WebAssembly.Module> =>
  TE.tryCatch(
    () => compile(module),
    (cause) => problem('rego-compiler-unavailable', { reason: cause instanceof Error ? cause.message : String(cause) }),
  )
