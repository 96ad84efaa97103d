import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import { loadOnce } from '../load-once'
import { type PolicyProblem, problem } from '../problem'
import { loadRegoCompiler, type RegoCompiler } from './compiler'

/** Written out so that bundlers see it and carry the file along. */
const besideBundle = (): URL => new URL('../wasm/rego.wasm.gz', import.meta.url)
/** Where the file stands as seen from this source file; put together so that bundlers do not look for it. */
const besideSources = (): URL => new URL(['..', '..', 'wasm', 'rego.wasm.gz'].join('/'), import.meta.url)

/**
 * Node's fetch reads no files. Its `fs` is asked for at run time instead of imported: this entry is for browsers too,
 * and an import of a Node module is what their bundlers refuse.
 */
const readFile = (): Uint8Array | undefined => {
  const fs = globalThis.process?.getBuiltinModule?.('node:fs')
  const found = [besideBundle(), besideSources()].find((url) => url.protocol === 'file:' && fs?.existsSync(url))
  return fs === undefined || found === undefined ? undefined : fs.readFileSync(found)
}

const load = (): TE.TaskEither<PolicyProblem, RegoCompiler> =>
  pipe(
    TE.tryCatch(
      async () => readFile() ?? (await fetch(besideBundle())),
      (cause): PolicyProblem =>
        problem('rego-compiler-unavailable', {
          reason: `${cause instanceof Error ? cause.message : String(cause)}; load it with loadRegoCompiler and hand it in as compiler`,
        }),
    ),
    TE.chain((module) => loadRegoCompiler({ module })),
  )

/** The compiler that stands beside this code in the package. */
export const shippedCompiler: TE.TaskEither<PolicyProblem, RegoCompiler> = loadOnce(load())
