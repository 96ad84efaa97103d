/** Sources of the package for the scripts of this folder, which run before there is a build. */
import { rmSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

let bundles = 0

/** Imports what a text of TypeScript exports, bundled for this one run; its paths are seen from the root of the package. */
export const bundled = async (contents) => {
  bundles += 1
  // Beside the module that the compiler looks for, and under a name that was not imported before.
  const outfile = fileURLToPath(new URL(`.bundled-${process.pid}-${bundles}.mjs`, import.meta.url))
  try {
    await build({
      stdin: { contents, resolveDir: root, loader: 'ts' },
      bundle: true,
      format: 'esm',
      platform: 'node',
      outfile,
      logLevel: 'error',
    })
    return await import(pathToFileURL(outfile).href)
  } finally {
    rmSync(outfile, { force: true })
  }
}
