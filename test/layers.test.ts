import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

/** Lowest first, as docs/architecture.md has them. */
const LAYERS = [
  'json',
  'problem',
  'codec',
  'load-once',
  'rego',
  'manifest',
  'snapshot',
  'catalogue',
  'pack',
  'evaluation',
  'finding',
  'answer',
  'report',
  'check',
  'examples',
  'index',
  'compiler',
  'worker',
  'policy-thread',
  'node',
  'cli',
]
const COMPILER_MAY_IMPORT = ['json', 'problem', 'codec', 'load-once', 'rego', 'compiler']
const OPA_WASM_HOME = join('rego', 'loaded-module.ts')

const src = fileURLToPath(new URL('../src', import.meta.url))

const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))

interface Import {
  readonly file: string
  readonly target: string
}

const importsOf = (file: string): readonly Import[] =>
  [...readFileSync(join(src, file), 'utf8').matchAll(/(?:from|import\()\s*'([^']+)'/g)].map((match) => ({
    file,
    target: match[1] ?? '',
  }))

const imports = files.flatMap(importsOf)

/** The layer a file of src belongs to: its folder, or its own name at the top. */
const layerOf = (file: string): string => (file.split(sep)[0] ?? '').replace(/\.ts$/, '')

/** A relative import as a path below src. */
const resolved = ({ file, target }: Import): string => relative(src, join(src, dirname(file), target))

const internal = imports.filter(({ target }) => target.startsWith('.') && !target.endsWith('.json'))

describe('layers', () => {
  it('finds the sources', () => {
    expect(files.length).toBeGreaterThan(30)
    expect(internal.length).toBeGreaterThan(50)
  })

  it('knows the layer of every file', () => {
    expect([...new Set(files.map(layerOf))].filter((layer) => !LAYERS.includes(layer))).toEqual([])
  })

  it('lets a file import only from its own layer and those before it', () => {
    const upward = internal.filter(
      (entry) => LAYERS.indexOf(layerOf(resolved(entry))) > LAYERS.indexOf(layerOf(entry.file)),
    )
    expect(upward).toEqual([])
  })

  it('keeps the compiler away from the checklist', () => {
    const reached = internal
      .filter(({ file }) => layerOf(file) === 'compiler')
      .filter((entry) => !COMPILER_MAY_IMPORT.includes(layerOf(resolved(entry))))
    expect(reached).toEqual([])
  })

  it('never imports the compiler from the core', () => {
    const core = internal.filter(({ file }) => LAYERS.indexOf(layerOf(file)) < LAYERS.indexOf('compiler'))
    expect(core.filter((entry) => layerOf(resolved(entry)) === 'compiler')).toEqual([])
  })

  it('imports node:* only in node.ts, policy-thread.ts and cli/', () => {
    const node = imports.filter(({ target }) => target.startsWith('node:')).map(({ file }) => file)
    expect(
      [...new Set(node)].filter(
        (file) => !['node.ts', 'policy-thread.ts'].includes(file) && !file.startsWith(`cli${sep}`),
      ),
    ).toEqual([])
  })

  it('imports opa-wasm in one file', () => {
    const users = imports.filter(({ target }) => target.startsWith('@open-policy-agent/')).map(({ file }) => file)
    expect([...new Set(users)]).toEqual([OPA_WASM_HOME])
  })

  it('has no cycles between files', () => {
    const graph = new Map<string, readonly string[]>(
      files.map((file) => [
        file,
        internal.filter((entry) => entry.file === file).map((entry) => `${resolved(entry)}.ts`),
      ]),
    )
    const cycles: string[] = []
    const finished = new Set<string>()
    const visit = (file: string, trail: readonly string[]): void => {
      if (trail.includes(file)) {
        cycles.push([...trail.slice(trail.indexOf(file)), file].join(' -> '))
        return
      }
      if (finished.has(file)) return
      for (const next of graph.get(file) ?? []) visit(next, [...trail, file])
      finished.add(file)
    }
    for (const file of files) visit(file, [])
    expect(cycles).toEqual([])
  })
})
