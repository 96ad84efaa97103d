/**
 * Makes the generated files. Same input, same bytes.
 *
 *   node wasm/build.mjs                     checklist.wasm, catalogue.json and src/catalogue/ids.generated.ts, with Node alone
 *   node wasm/build.mjs --rego              what `rego.mjs` makes too; needs Go
 *   node wasm/build.mjs --rego-is-current   exit code 1 where a source of that changed since it was built
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { bundled } from './bundled.mjs'
import { buildRego, isRegoCurrent } from './rego.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const at = (...path) => join(root, ...path)

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
  if (process.argv.includes('--rego-is-current')) process.exitCode = isRegoCurrent() ? 0 : 1
  else {
    if (process.argv.includes('--rego')) await buildRego()
    await buildChecklist()
  }
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
