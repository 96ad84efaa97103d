/**
 * Makes rego.wasm.gz, the compiler: OPA's packages under the Go code of `rego/`, and in the runtime that they put into every module the
 * functions of `runtime/`. Beside it a module that OPA's packages make as they are, for tests and benchmarks. Needs Go, whose module proxy has
 * OPA, and npm, which has AssemblyScript.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { bundled } from './bundled.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const at = (...path) => join(root, ...path)
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')

const PACKED = at('wasm', 'rego.wasm.gz')
const DIGESTS = at('wasm', 'rego.digests.json')

/** Rego, and what OPA's own build makes of it. */
const SHAPES = at('test', 'bench', 'shapes.rego')
const SHAPES_OF_OPA = at('test', 'bench', 'shapes.opa.wasm')

// -- sources ------------------------------------------------------------------------------------------------------

const filesIn = (...folder) =>
  readdirSync(at(...folder), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => join(...folder, name))
    .sort()

/** One digest over the names and contents of all that a build is made of. */
const sources = () => {
  const files = [...filesIn('wasm', 'rego'), ...filesIn('wasm', 'runtime')].map((file) => at(file))
  return sha256([...files, SHAPES].map((file) => `${file.slice(root.length)} ${sha256(readFileSync(file))}\n`).join(''))
}

/** False where a source changed since the last build. */
export const isRegoCurrent = () => JSON.parse(readFileSync(DIGESTS, 'utf8')).sources === sources()

// -- the compiler -------------------------------------------------------------------------------------------------

/** Where OPA's compiler has the runtime that it puts into every module. */
const RUNTIME = join('vendor', 'github.com', 'open-policy-agent', 'opa', 'internal', 'compiler', 'wasm', 'opa')

const go = (folder, ...args) =>
  execFileSync('go', args, {
    cwd: folder,
    env: { ...process.env, GOOS: 'wasip1', GOARCH: 'wasm', CGO_ENABLED: '0' },
    stdio: 'inherit',
  })

/** @param regexpTables where the runtime has what a module may do without, or nothing */
const compilerIn = (folder, regexpTables = '') => {
  const output = join(folder, 'rego.wasm')
  const linking = `-ldflags=-s -w -buildid= -X main.regexpTables=${regexpTables}`
  const flags = ['-mod=vendor', '-buildmode=c-shared', '-trimpath', '-buildvcs=false', linking]
  go(folder, 'build', ...flags, '-o', output, '.')
  return readFileSync(output)
}

const replaceRuntime = async (folder) => {
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: at('wasm', 'runtime'), stdio: 'inherit' })
  const { linkRuntime } = await import('./runtime/link.mjs')
  const [module, callGraph] = [join(folder, 'opa.wasm'), join(folder, 'callgraph.csv')]
  const linked = await linkRuntime({ module: readFileSync(module), callGraph: readFileSync(callGraph, 'utf8') })
  for (const [file, contents] of [
    [module, linked.module],
    [callGraph, linked.callGraph],
  ]) {
    chmodSync(file, 0o644)
    writeFileSync(file, contents)
  }
  return linked.regexpTables
}

const compileShapes = async (compilerModule) => {
  const { compileRego, loadRegoCompiler } = await bundled(
    `export { compileRego, loadRegoCompiler } from './src/compiler/index'`,
  )
  const compiler = await loadRegoCompiler({ module: compilerModule })()
  const text = readFileSync(SHAPES, 'utf8')
  const compiled = await compileRego([{ name: 'shapes.rego', text }], { compiler: compiler.right })()
  if (compiled._tag === 'Left') throw new Error(compiled.left.map(({ message }) => message).join('\n'))
  return compiled.right.module
}

export const buildRego = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rego-'))
  try {
    // In a copy with its dependencies beside it: those of Go's module cache may not be replaced.
    cpSync(at('wasm', 'rego'), folder, { recursive: true })
    go(folder, 'mod', 'vendor')
    writeFileSync(SHAPES_OF_OPA, await compileShapes(compilerIn(folder)))
    const module = compilerIn(folder, await replaceRuntime(join(folder, RUNTIME)))
    writeFileSync(PACKED, gzipSync(module, { level: 9 }))
    writeFileSync(DIGESTS, `${JSON.stringify({ sources: sources(), module: sha256(module) }, null, 2)}\n`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
