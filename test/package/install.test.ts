import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inPackage, requireBuilt, run, succeed } from './built'
import { PRIVILEGED } from './manifests'

const folder = mkdtempSync(join(tmpdir(), 'installed-'))
const project = join(folder, 'project')
// On Windows npm is a script that only a shell starts; npm tells its own place to what it runs.
const npmScript = process.env['npm_execpath']
const npm = (args: readonly string[], inFolder: string): string =>
  npmScript?.endsWith('.js')
    ? succeed(process.execPath, [npmScript, ...args], { folder: inFolder })
    : succeed('npm', args, { folder: inFolder })

let packed: readonly string[] = []

beforeAll(() => {
  requireBuilt()
  // Without scripts: building again would pull dist/ from under the tests that run beside this one.
  const answer = npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder], inPackage('.'))
  const [tarball]: readonly { readonly filename: string; readonly files: readonly { readonly path: string }[] }[] =
    JSON.parse(answer)
  if (tarball === undefined) throw new Error(`npm pack said ${answer}`)
  packed = tarball.files.map(({ path }) => path)
  mkdirSync(project)
  writeFileSync(join(project, 'package.json'), '{"name": "user", "private": true}')
  npm(
    ['install', join(folder, tarball.filename), '--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts'],
    project,
  )
  writeFileSync(join(project, 'pod.yaml'), PRIVILEGED)
}, 180_000)

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** Runs a program in the project with plain Node. */
const inProject = (file: string, program: string): string => {
  writeFileSync(join(project, file), program)
  return succeed(process.execPath, [file], { folder: project })
}

const CHECK = `
const right = (either) => { if (either._tag === 'Left') throw new Error(either.left.message); return either.right }
const source = { name: 'pod.yaml', text: readFileSync('pod.yaml', 'utf8') }
const main = async () => {
  const byPromise = formatReport(await check([source]), 'json')
  const wasm = new Uint8Array(readFileSync(wasmFile))
  const byModule = formatReport(right(right(await loadChecklist({ module: wasm })()).check([source])), 'json')
  if (byPromise !== byModule) throw new Error('the two entries answer differently')
  process.stdout.write(byPromise)
}
main()
`

const asModule = (): string =>
  inProject(
    'check.mjs',
    `import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { formatReport, loadChecklist } from 'aks-checklist'
import { check } from 'aks-checklist/node'
const wasmFile = fileURLToPath(import.meta.resolve('aks-checklist/checklist.wasm'))
${CHECK}`,
  )

const asCommonJs = (): string =>
  inProject(
    'check.cjs',
    `const { readFileSync } = require('node:fs')
const { formatReport, loadChecklist } = require('aks-checklist')
const { check } = require('aks-checklist/node')
const wasmFile = require.resolve('aks-checklist/checklist.wasm')
${CHECK}`,
  )

/** A policy in the package's own threads, then in threads of a script of the user's. */
const WORKERS = `
const right = (either) => { if (either._tag === 'Left') throw new Error(JSON.stringify(either.left)); return either.right }
const text = 'package a\\n\\nb := [sprintf("%q", [input.x]), strings.render_template("{{.x}}", input)]\\n'
const startOwn = () => {
  const worker = new Worker(ownScript)
  return {
    post: (message) => worker.postMessage(message),
    listen: (receive, fail) => worker.on('message', receive).on('error', ({ message }) => fail(message)),
    terminate: () => worker.terminate(),
  }
}
const main = async () => {
  const wasm = right(await compileRego([{ name: 'a.rego', text }], { entrypoints: ['a/b'] })()).module
  const answers = []
  for (const loading of [loadPolicyInWorkers({ wasm, size: 1 }), loadOver({ wasm, start: startOwn })]) {
    const workers = right(await loading())
    answers.push(right(await workers.evaluate({ input: { x: 'y' }, deadline: 60000 })()).value)
    workers.close()
  }
  process.stdout.write(JSON.stringify(answers))
}
main()
`

const OWN_SCRIPT = `
servePolicies(
  { post: (message) => parentPort.postMessage(message), listen: (receive) => parentPort.on('message', receive) },
  { builtins: { 'strings.render_template': () => 'own' } },
)
`

const workersAsModule = (): string => {
  writeFileSync(
    join(project, 'own.mjs'),
    `import { parentPort } from 'node:worker_threads'
import { servePolicies } from 'aks-checklist/worker'
${OWN_SCRIPT}`,
  )
  return inProject(
    'workers.mjs',
    `import { Worker } from 'node:worker_threads'
import { compileRego } from 'aks-checklist/compiler'
import { loadPolicyInWorkers } from 'aks-checklist/node'
import { loadPolicyInWorkers as loadOver } from 'aks-checklist/worker'
const ownScript = new URL('own.mjs', import.meta.url)
${WORKERS}`,
  )
}

const workersAsCommonJs = (): string => {
  writeFileSync(
    join(project, 'own.cjs'),
    `const { parentPort } = require('node:worker_threads')
const { servePolicies } = require('aks-checklist/worker')
${OWN_SCRIPT}`,
  )
  return inProject(
    'workers.cjs',
    `const { Worker } = require('node:worker_threads')
const { compileRego } = require('aks-checklist/compiler')
const { loadPolicyInWorkers } = require('aks-checklist/node')
const { loadPolicyInWorkers: loadOver } = require('aks-checklist/worker')
const ownScript = require('node:path').join(__dirname, 'own.cjs')
${WORKERS}`,
  )
}

describe('the packed package, installed in another project', () => {
  it('answers the same as ESM, as CommonJS and by its command', () => {
    const report = asModule()
    expect(JSON.parse(report)).toMatchObject({ schemaVersion: 1 })
    expect(report).toContain('AKSC-O1-01')
    expect(asCommonJs()).toBe(report)
    // npm may put a shell script beside the command on Windows, so npx finds it.
    const command = run('npx', ['--no-install', 'aks-checklist', 'check', 'pod.yaml', '--format', 'json'], {
      folder: project,
    })
    expect(command).toMatchObject({ code: 1, out: report })
    expect(existsSync(join(project, 'node_modules', '.bin', 'aks-checklist'))).toBe(true)
  })

  it('compiles Rego with the compiler that came along, both ways', () => {
    const program = `
const sources = [{ name: 'a.rego', text: 'package a\\n\\nb := input.x + 1\\n' }]
compileRego(sources, { entrypoints: ['a/b'] })().then((compiled) => {
  if (compiled._tag === 'Left') throw new Error(compiled.left[0].message)
  process.stdout.write(require('node:crypto').createHash('sha256').update(compiled.right.module).digest('hex'))
})
`
    const asEsm = inProject(
      'compile.mjs',
      `import { createRequire } from 'node:module'
import { compileRego } from 'aks-checklist/compiler'
const require = createRequire(import.meta.url)
${program}`,
    )
    expect(asEsm).toMatch(/^[0-9a-f]{64}$/)
    expect(inProject('compile.cjs', `const { compileRego } = require('aks-checklist/compiler')\n${program}`)).toBe(
      asEsm,
    )
  })

  it('evaluates in its own threads and in those of a script of yours, both ways', () => {
    expect(packed).toContain('dist/policy-thread.js')
    const answers = JSON.stringify([
      ['"y"', 'y'],
      ['"y"', 'own'],
    ])
    expect(workersAsModule()).toBe(answers)
    expect(workersAsCommonJs()).toBe(answers)
  })

  it.each(['checklist.wasm', 'catalogue.json', 'rego.wasm.gz', 'report.schema.json', 'package.json'])(
    'exports %s',
    (name) => {
      const found = inProject('resolve.cjs', `process.stdout.write(require.resolve('aks-checklist/${name}'))`)
      expect(readFileSync(found).length).toBeGreaterThan(0)
    },
  )

  it('has one module of its own: what it imports besides is what package.json names', () => {
    const manifest: { readonly dependencies: Readonly<Record<string, string>> } = JSON.parse(
      readFileSync(inPackage('package.json'), 'utf8'),
    )
    for (const name of Object.keys(manifest.dependencies)) {
      expect(existsSync(join(project, 'node_modules', ...name.split('/'))), name).toBe(true)
    }
  })

  it('has no code that nothing reaches', () => {
    const { exports, bin }: { readonly exports: unknown; readonly bin: unknown } = JSON.parse(
      readFileSync(inPackage('package.json'), 'utf8'),
    )
    const named = JSON.stringify([exports, bin, 'dist/policy-thread.js']).matchAll(/dist\/([\w-]+\.c?js)(?=")/g)
    const reached = new Set([...named].map(([, file = '']) => file))
    for (const file of reached) {
      const text = readFileSync(inPackage(`dist/${file}`), 'utf8')
      for (const [, other = ''] of text.matchAll(/["']\.\/([\w-]+\.c?js)["']/g)) reached.add(other)
    }
    const code = packed.filter((path) => /^dist\/.*\.c?js$/.test(path)).map((path) => path.slice('dist/'.length))
    expect(code.filter((file) => !reached.has(file))).toEqual([])
  })

  it('has no tests, sources or tools in it', () => {
    const roots = new Set(packed.map((path) => path.split('/')[0]))
    for (const unwanted of ['src', 'test', 'node_modules', '.ci', 'wasm/rego', 'tsconfig.json']) {
      expect(roots, unwanted).not.toContain(unwanted)
      expect(packed.filter((path) => path.startsWith(`${unwanted}/`))).toEqual([])
    }
    expect([...roots]).toEqual(expect.arrayContaining(['dist', 'wasm', 'policies', 'schema', 'README.md', 'LICENSE']))
  })
})
