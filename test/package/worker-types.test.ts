import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inPackage, requireBuilt } from './built'

const folder = mkdtempSync(join(tmpdir(), 'types-'))

beforeAll(requireBuilt)

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** What a compiler that has only these libraries says of a program over the built declarations. */
const complaints = (name: string, text: string, libraries: readonly string[]): readonly string[] => {
  const file = join(folder, `${name}.ts`)
  writeFileSync(file, text)
  const program = ts.createProgram([file], {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: libraries.map((library) => `lib.${library}.d.ts`),
    types: [],
    typeRoots: [inPackage('node_modules/@types')],
    paths: {
      'aks-checklist': [inPackage('dist/index.d.ts')],
      'aks-checklist/compiler': [inPackage('dist/compiler.d.ts')],
      'aks-checklist/worker': [inPackage('dist/worker.d.ts')],
    },
  })
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}

const SERVING = `
import { opaBuiltinProvider } from 'aks-checklist/compiler'
import { servePolicies, webPort } from 'aks-checklist/worker'
servePolicies(webPort(self), { provider: opaBuiltinProvider() })
`

const OWNING = `
import { loadPolicyInWorkers, webPort, webWorkerPort } from 'aks-checklist/worker'
const start = () => webWorkerPort(new Worker('policy-worker.js', { type: 'module' }))
loadPolicyInWorkers({ wasm: fetch('policy.wasm'), start, size: 2 })
webPort(new MessageChannel().port1)
`

describe('the declarations of the worker entry', () => {
  it.each<[string, string, string, readonly string[]]>([
    ['take the scope of a worker as a worker has it', 'worker', SERVING, ['es2022', 'webworker']],
    ['take the scope of a worker in a project with the DOM', 'dom', SERVING, ['es2022', 'dom']],
    ['take the workers and ports of a page', 'page', OWNING, ['es2022', 'dom']],
  ])('%s', (_, name, text, libraries) => {
    expect(complaints(name, text, libraries)).toEqual([])
  })

  it('are looked at by this test', () => {
    expect(complaints('wrong', `${SERVING}webPort(1)\n`, ['es2022', 'webworker'])).toHaveLength(1)
  })
})
