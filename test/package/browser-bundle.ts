import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { inPackage, succeed } from './built'

/** The built package as a page would load it. */
export interface BrowserBundle {
  readonly files: ReadonlyMap<string, Uint8Array>
  /** The files that come with the entry. */
  readonly core: ReadonlySet<string>
  /** The packages of others in each file. */
  readonly packages: ReadonlyMap<string, readonly string[]>
}

const packageOf = (path: string): string | undefined => /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]

/** Bundles an entry for browsers, with what is imported at run time in files of its own. */
export const bundleForBrowser = async (entry: 'index' | 'worker'): Promise<BrowserBundle> => {
  const { outputFiles, metafile } = await build({
    entryPoints: [inPackage(`dist/${entry}.js`)],
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    outdir: inPackage('dist'),
    write: false,
    metafile: true,
    logLevel: 'error',
  })
  const imports = new Map(
    Object.entries(metafile.outputs).map(([path, output]) => [
      basename(path),
      output.imports.filter(({ kind }) => kind === 'import-statement').map(({ path: name }) => basename(name)),
    ]),
  )
  const packages = new Map(
    Object.entries(metafile.outputs).map(([path, output]) => [
      basename(path),
      [...new Set(Object.keys(output.inputs).flatMap((input) => packageOf(input) ?? []))].sort(),
    ]),
  )
  const core = new Set<string>()
  const add = (name: string): void => {
    if (core.has(name)) return
    core.add(name)
    for (const next of imports.get(name) ?? []) add(next)
  }
  add(`${entry}.js`)
  return { files: new Map(outputFiles.map(({ path, contents }) => [basename(path), contents])), core, packages }
}

/** Loads the checklist and checks a manifest with each file telling that it was loaded. */
const PROGRAM = `
const [entry, wasm] = process.argv.slice(1)
const { readFileSync } = await import('node:fs')
const { loadChecklist } = await import(entry)
const loaded = await loadChecklist({ module: new Uint8Array(readFileSync(wasm)) })()
if (loaded._tag === 'Left') throw new Error(loaded.left.message)
const result = loaded.right.check([{ name: 'a', text: 'apiVersion: v1\\nkind: Pod\\nmetadata: {name: a}\\nspec: {containers: []}\\n' }], { tier: 'all' })
if (result._tag === 'Left') throw new Error(result.left.message)
process.stdout.write(globalThis.loadedFiles.join('\\n'))
`

/** The files of the bundle that are loaded until the shipped checklist has answered. */
export const loadedToCheck = ({ files }: BrowserBundle): readonly string[] => {
  const folder = mkdtempSync(join(tmpdir(), 'bundle-'))
  try {
    writeFileSync(join(folder, 'package.json'), '{"type": "module"}')
    for (const [name, contents] of files) {
      const telling = `(globalThis.loadedFiles ??= []).push(${JSON.stringify(name)});\n`
      writeFileSync(join(folder, name), telling + new TextDecoder().decode(contents))
    }
    const entry = pathToFileURL(join(folder, 'index.js')).href
    const args = ['--input-type=module', '--eval', PROGRAM, entry, inPackage('wasm/checklist.wasm')]
    return succeed(process.execPath, args).split('\n')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What the files take on the way, in kilobytes of 1,000 bytes; each is packed for itself, as it is served. */
export const gzipKilobytes = ({ files }: BrowserBundle, names: Iterable<string>): number =>
  [...names].reduce((sum, name) => sum + gzipSync(files.get(name) ?? new Uint8Array(), { level: 9 }).length, 0) / 1000
