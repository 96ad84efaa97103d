import { join, parse } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

/** The shipped compiler. */
export const COMPILER = fileURLToPath(new URL('../../wasm/rego.wasm.gz', import.meta.url))

/** Bundles a file of this folder with the engine's sources; gives the path of the bundle. */
export const bundle = async (entry, outdir, platform) => {
  await build({
    entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
    bundle: true,
    splitting: true,
    format: 'esm',
    platform,
    outdir,
    outExtension: { '.js': '.mjs' },
    logLevel: 'error',
  })
  return join(outdir, `${parse(entry).name}.mjs`)
}
