/**
 * The engine beside opa-wasm as published, and beside the same rules by hand in JavaScript, in one run; what loading takes, and the calls
 * a second of each builtin. Prints one line of JSON.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compileRego } from '../../dist/compiler.js'
import { loadPolicy } from '../../dist/node.js'
import { measureBuiltins } from './builtins.mjs'
import { opaWasm } from './opa-wasm.mjs'
import { right } from './right.mjs'
import { SHAPES } from './shapes.mjs'

// -- shapes -------------------------------------------------------------------------------------------------------

const compareShapes = async () => {
  const text = readFileSync(new URL('shapes.rego', import.meta.url), 'utf8')
  const { module } = right(await compileRego([{ name: 'shapes.rego', text }])())
  const folder = mkdtempSync(join(tmpdir(), 'shapes-'))
  try {
    const file = join(folder, 'shapes.wasm')
    writeFileSync(file, module)
    const shape = fileURLToPath(new URL('shape.mjs', import.meta.url))
    return SHAPES.map((_, at) =>
      JSON.parse(execFileSync(process.execPath, ['--expose-gc', shape, file, String(at)], { encoding: 'utf8' })),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

// -- loading ------------------------------------------------------------------------------------------------------

const LOADS = 9

/** From the bytes of the checklist's module to a policy that can be asked, beside what the runtime itself takes to compile them. */
const measureLoading = async () => {
  const bytes = readFileSync(new URL('../../wasm/checklist.wasm', import.meta.url))
  const contestants = {
    compile: () => WebAssembly.compile(bytes),
    ours: async () => right(await loadPolicy({ wasm: bytes })()),
    opaWasm: () => opaWasm.loadPolicy(bytes),
  }
  const best = {}
  for (let round = 0; round < LOADS; round += 1) {
    for (const [name, load] of Object.entries(contestants)) {
      const started = performance.now()
      await load()
      best[name] = Math.min(best[name] ?? Number.POSITIVE_INFINITY, performance.now() - started)
    }
  }
  return { bytes: bytes.length, ...best }
}

const measured = { shapes: await compareShapes(), loading: await measureLoading(), builtins: await measureBuiltins() }
process.stdout.write(`${JSON.stringify(measured)}\n`)
