/**
 * Makes the generated files. Same input, same bytes.
 *
 *   node wasm/build.mjs                     checklist.wasm, catalogue.json and src/catalogue/ids.generated.ts, with Node alone
 *   node wasm/build.mjs --rego              rego.wasm.gz and its digests too; needs Go
 *   node wasm/build.mjs --rego-is-current   exit code 1 where a source of rego.wasm.gz changed since it was built
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { parse } from 'yaml'
import { bundled } from './bundled.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const at = (...path) => join(root, ...path)
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')

// -- rego.wasm.gz -------------------------------------------------------------------------------------------------

/** One digest over the names and contents of the Go sources. */
const regoSources = () => {
  const files = readdirSync(at('wasm', 'rego')).sort()
  return sha256(files.map((file) => `${file} ${sha256(readFileSync(at('wasm', 'rego', file)))}\n`).join(''))
}

const digests = () => JSON.parse(readFileSync(at('wasm', 'rego.digests.json'), 'utf8'))

const buildRego = () => {
  const folder = mkdtempSync(join(tmpdir(), 'rego-'))
  try {
    const output = join(folder, 'rego.wasm')
    execFileSync(
      'go',
      ['build', '-buildmode=c-shared', '-trimpath', '-buildvcs=false', '-ldflags=-s -w -buildid=', '-o', output, '.'],
      {
        cwd: at('wasm', 'rego'),
        env: { ...process.env, GOOS: 'wasip1', GOARCH: 'wasm', CGO_ENABLED: '0' },
        stdio: 'inherit',
      },
    )
    const module = readFileSync(output)
    writeFileSync(at('wasm', 'rego.wasm.gz'), gzipSync(module, { level: 9 }))
    writeFileSync(
      at('wasm', 'rego.digests.json'),
      `${JSON.stringify({ sources: regoSources(), module: sha256(module) }, null, 2)}\n`,
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

// -- checklist.wasm -----------------------------------------------------------------------------------------------

const below = (folder, ending) =>
  readdirSync(at(folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => file.split('\\').join('/'))
    .sort()

const yaml = (...path) => parse(readFileSync(at(...path), 'utf8'))

/** A control's package is the path of its folder; its file has the folder's name. */
const checkPlaces = (sources) => {
  for (const { name, text } of sources.filter(({ name }) => name.startsWith('policies/controls/'))) {
    const [, , item, folder, file] = name.split('/')
    const declared = /^package (\S+)/m.exec(text)?.[1]
    if (file !== `${folder}.rego` || declared !== `controls.${item}.${folder}`) {
      throw new Error(`${name} declares package ${declared}; expected controls.${item}.${folder} in ${folder}.rego`)
    }
  }
}

const buildChecklist = async () => {
  const { buildPack, packTypes } = await bundled(`export { buildPack, packTypes } from './src/compiler/index'`)
  const sources = below('policies', '.rego')
    .filter((file) => !file.endsWith('_test.rego'))
    .map((file) => ({ name: `policies/${file}`, text: readFileSync(at('policies', file), 'utf8') }))
  checkPlaces(sources)
  const frameworks = below('policies/frameworks', '.yaml').map((file) => yaml('policies', 'frameworks', file))
  const built = await buildPack(sources, {
    checklist: yaml('policies', 'checklist.yaml'),
    frameworks: Object.fromEntries(frameworks.map((framework) => [framework.name, framework])),
    aksNamespaces: yaml('policies', 'aks-namespaces.yaml'),
  })()
  if (built._tag === 'Left') {
    const line = ({ message, location }) =>
      `${location ? `${location.source}:${location.start.line}:${location.start.column}: ` : ''}${message}`
    throw new Error(built.left.map(line).join('\n'))
  }
  const { module, catalogue } = built.right
  writeFileSync(at('wasm', 'checklist.wasm'), module)
  writeFileSync(at('wasm', 'catalogue.json'), `${JSON.stringify(catalogue, null, 1)}\n`)
  writeFileSync(
    at('src', 'catalogue', 'ids.generated.ts'),
    `// Generated from policies/ by wasm/build.mjs.\n\n${packTypes(catalogue)}`,
  )
  process.stdout.write(`${catalogue.controls.length} controls, ${module.length} bytes\n`)
}

// -- the command --------------------------------------------------------------------------------------------------

try {
  if (process.argv.includes('--rego-is-current')) process.exitCode = digests().sources === regoSources() ? 0 : 1
  else {
    if (process.argv.includes('--rego')) buildRego()
    await buildChecklist()
  }
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
