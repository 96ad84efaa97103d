/**
 * Makes report.schema.json from the codec in src/report/report.ts. Same codec, same bytes.
 *
 *   node schema/generate.mjs            writes the file
 *   node schema/generate.mjs --print    prints it instead
 */
import { rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const at = (path) => fileURLToPath(new URL(path, import.meta.url))

// -- the codec ----------------------------------------------------------------------------------------------------

/**
 * An object's codec does not tell its members, which nothing but this script asks for; so the browser need not carry
 * them. For this run `exact` is replaced by one that does.
 */
const TELLING = `
import { exact as silent, jsonObject } from '../codec.ts'
export { jsonObject }
export const exact = (name, required, optional) => Object.assign(silent(name, required, optional), { required, optional })
`

const tellingMembers = {
  name: 'telling-members',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^\.\.\/codec$/ }, () => ({ path: 'telling-codec', namespace: 'telling' }))
    onLoad({ filter: /.*/, namespace: 'telling' }, () => ({ contents: TELLING, resolveDir: at('../src/report') }))
  },
}

const loadCodec = async () => {
  const outfile = at(`.report-${process.pid}.mjs`)
  try {
    await build({
      stdin: {
        contents: "export { report, SCHEMA_VERSION } from './report.ts'\nexport { jsonObject } from '../codec'",
        resolveDir: at('../src/report'),
      },
      bundle: true,
      format: 'esm',
      platform: 'node',
      outfile,
      plugins: [tellingMembers],
      logLevel: 'error',
    })
    return await import(pathToFileURL(outfile).href)
  } finally {
    rmSync(outfile, { force: true })
  }
}

// -- the schema ---------------------------------------------------------------------------------------------------

const PRIMITIVES = { StringType: 'string', NumberType: 'number', BooleanType: 'boolean' }

/** Turns codecs into schemas; what has members is put into `definitions` once, under its name. */
const translator = (jsonObject, definitions) => {
  const seen = new Map()

  const objectOf = ({ required, optional }) => ({
    type: 'object',
    properties: Object.fromEntries(
      Object.entries({ ...required, ...optional }).map(([name, codec]) => [name, schemaOf(codec)]),
    ),
    required: Object.keys(required),
    additionalProperties: false,
  })

  const referenceTo = (codec) => {
    const name = codec.name.replaceAll(' ', '-')
    if (!seen.has(name)) {
      seen.set(name, codec)
      definitions[name] = objectOf(codec)
    }
    if (seen.get(name) !== codec) throw new Error(`two codecs are named ${codec.name}`)
    return { $ref: `#/$defs/${name}` }
  }

  const unionOf = ({ types }) =>
    types.every(({ _tag }) => _tag === 'LiteralType')
      ? { enum: types.map(({ value }) => value) }
      : { anyOf: types.map(schemaOf) }

  const schemaOf = (codec) => {
    if (codec === jsonObject) return { type: 'object' }
    if (codec.required !== undefined) return referenceTo(codec)
    if (codec._tag in PRIMITIVES) return { type: PRIMITIVES[codec._tag] }
    if (codec._tag === 'LiteralType') return { const: codec.value }
    if (codec._tag === 'UnionType') return unionOf(codec)
    if (codec._tag === 'ReadonlyArrayType') return { type: 'array', items: schemaOf(codec.type) }
    throw new Error(`no schema is known for the codec ${codec.name}`)
  }

  return objectOf
}

const reportSchema = async () => {
  const { report, jsonObject, SCHEMA_VERSION } = await loadCodec()
  const definitions = {}
  const body = translator(jsonObject, definitions)(report)
  const sorted = Object.entries(definitions).sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: `urn:aks-checklist:report:${SCHEMA_VERSION}`,
    title: 'Report of aks-checklist',
    description: 'What `aks-checklist check --format json` prints.',
    ...body,
    $defs: Object.fromEntries(sorted),
  }
}

// -- the command --------------------------------------------------------------------------------------------------

try {
  const text = `${JSON.stringify(await reportSchema(), null, 2)}\n`
  if (process.argv.includes('--print')) process.stdout.write(text)
  else writeFileSync(at('report.schema.json'), text)
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
