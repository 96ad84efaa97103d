import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import { holdsGatekeeper, type RegoSource } from '../compiler/index'
import { isObject, type Json, type JsonObject, member } from '../json'
import { type Document, readSource } from '../manifest/index'
import { levelOf, type Problem, problem } from '../problem'
import { readBundleFiles } from '../rego/bundle/bundle'
import type { BundleVerification } from '../rego/bundle/verification'
import { utf8In } from './utf8'

/** What a `--pack` path holds, as it is to be made a pack. */
export type PackSource =
  /** A compiled pack. */
  | { readonly is: 'module'; readonly bytes: Uint8Array }
  /** Rego with this project's METADATA. */
  | ({ readonly is: 'controls'; readonly rego: readonly RegoSource[] } & PackContent)
  /** ConstraintTemplates and constraints. */
  | { readonly is: 'gatekeeper'; readonly documents: readonly Document[] }
  /** Rules `deny`, `violation` and `warn`. */
  | { readonly is: 'conftest'; readonly rego: readonly RegoSource[]; readonly data: JsonObject }

/** What a pack of controls brings beside its Rego. */
export interface PackContent {
  readonly data: JsonObject
  readonly checklist?: JsonObject
  readonly frameworks: Readonly<Record<string, JsonObject>>
}

interface PackFile {
  /** Below the folder or in the bundle, with slashes. */
  readonly path: string
  /** What problems call it. */
  readonly name: string
  readonly bytes: Uint8Array
}

const READ = /\.(?:rego|ya?ml|json|wasm)$/i
const SKIPPED_FOLDERS = new Set(['node_modules', '.git'])

/**
 * Recognises a compiled pack, an OPA bundle, a file or a folder of policies. Left: what it holds is none of these, or a key is given
 * that does not vouch for all of it.
 */
export const packSources = async (
  path: string,
  verification?: BundleVerification,
): Promise<E.Either<Problem, readonly PackSource[]>> => {
  try {
    const files = await filesAt(path, verification)
    return E.isLeft(files) ? files : recognised(files.right)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return E.left(problem('source-unreadable', { source: path, reason }))
  }
}

/** What a folder of controls brings beside its Rego; nothing where a path is of Rego alone. */
export const packContent = async (path: string): Promise<E.Either<Problem, PackContent>> => {
  const files = await filesAt(path, undefined)
  if (E.isLeft(files)) return files
  const readings = readingsOf(files.right.filter(isContent))
  const wrong = wrongIn(readings)
  return wrong === undefined ? E.right(contentOf(readings)) : E.left(wrong)
}

const filesAt = async (
  path: string,
  verification: BundleVerification | undefined,
): Promise<E.Either<Problem, readonly PackFile[]>> => {
  // Whoever can change an unsigned file could otherwise put it in the place of the bundle.
  const unsigned = verification === undefined ? undefined : problem('policy-bundle-signature', { fault: 'absent' })
  if ((await stat(path)).isDirectory()) return unsigned ? E.left(unsigned) : E.right(await filesBelow(path, ''))
  const bytes = new Uint8Array(await readFile(path))
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return filesInBundle(path, bytes, verification)
  return unsigned ? E.left(unsigned) : E.right([{ path: path.replace(/.*[\\/]/, ''), name: path, bytes }])
}

const filesBelow = async (root: string, folder: string): Promise<readonly PackFile[]> => {
  const entries = await readdir(join(root, folder), { withFileTypes: true })
  const found = await Promise.all(
    entries
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(async (entry): Promise<readonly PackFile[]> => {
        const path = folder === '' ? entry.name : `${folder}/${entry.name}`
        if (entry.isDirectory()) return SKIPPED_FOLDERS.has(entry.name) ? [] : filesBelow(root, path)
        if (!READ.test(path)) return []
        const name = join(root, path)
        return [{ path, name, bytes: new Uint8Array(await readFile(name)) }]
      }),
  )
  return found.flat()
}

/** A bundle as OPA writes it: `.tar.gz` of Rego, data and, where it was built for WebAssembly, `policy.wasm`. */
const filesInBundle = async (
  bundle: string,
  bytes: Uint8Array,
  verification: BundleVerification | undefined,
): Promise<E.Either<Problem, readonly PackFile[]>> => {
  const files = await readBundleFiles(bytes, verification === undefined ? {} : { verification })()
  if (E.isLeft(files)) return files
  return E.right(
    files.right
      .filter(({ path }) => READ.test(path))
      .map(({ path, bytes: content }) => ({ path, name: `${bundle}/${path}`, bytes: content })),
  )
}

const isModule = ({ bytes }: PackFile): boolean => [0x00, 0x61, 0x73, 0x6d].every((byte, at) => bytes[at] === byte)
const isRego = ({ path }: PackFile): boolean => path.endsWith('.rego') && !path.endsWith('_test.rego')
const isYaml = ({ path }: PackFile): boolean => /\.(?:ya?ml|json)$/i.test(path)

const IN_CONTROLS = /^[ \t]*package[ \t]+controls\b/m
const CONFTEST_RULE = /^(?:deny|violation|warn)(?:_[a-zA-Z0-9]+)*\b/m

const regoIn = (files: readonly PackFile[]): E.Either<Problem, readonly RegoSource[]> =>
  pipe(
    files.filter(isRego),
    E.traverseArray(({ name, bytes }) =>
      pipe(
        utf8In(name, bytes),
        E.map((text) => ({ name, text })),
      ),
    ),
  )

const recognised = (files: readonly PackFile[]): E.Either<Problem, readonly PackSource[]> => {
  const texts = regoIn(files)
  if (E.isLeft(texts)) return texts
  const rego = texts.right
  const readings = readingsOf(files.filter(isYaml))
  const wrong = wrongIn(readings)
  if (wrong !== undefined) return E.left(wrong)
  const documents = readings.flatMap((reading) => reading.documents)
  const content = contentOf(readings)
  const hasControls = rego.some(({ text }) => IN_CONTROLS.test(text))
  const hasTemplates = holdsGatekeeper(documents)
  // Beside templates stands their Rego once more, as their authors keep it.
  const hasRules = !hasControls && !hasTemplates && rego.some(({ text }) => CONFTEST_RULE.test(text))
  const hasSources = hasControls || hasTemplates || hasRules
  const modules = hasSources ? [] : files.filter(isModule)
  const found: readonly PackSource[] = [
    ...modules.map(({ bytes }): PackSource => ({ is: 'module', bytes })),
    ...(hasControls ? [{ is: 'controls', rego, ...content } as const] : []),
    ...(hasTemplates ? [{ is: 'gatekeeper', documents } as const] : []),
    ...(hasRules ? [{ is: 'conftest', rego, data: dataOf(readings) } as const] : []),
  ]
  return found.length > 0
    ? E.right(found)
    : E.left(
        problem('pack-invalid', {
          reason: 'it holds no compiled pack, no controls, no ConstraintTemplates and no rules deny, violation or warn',
        }),
      )
}

interface Reading {
  readonly file: PackFile
  readonly documents: readonly Document[]
  readonly problems: readonly Problem[]
}

const readingsOf = (files: readonly PackFile[]): readonly Reading[] =>
  files.map((file) => ({ file, ...readSource({ name: file.name, text: file.bytes }) }))

const wrongIn = (readings: readonly Reading[]): Problem | undefined =>
  readings.flatMap(({ problems }) => problems).find(({ code }) => levelOf(code) === 'error')

const CHECKLIST = /^checklist\.(?:ya?ml|json)$/i
const DATA = /^(?:(.*)\/)?data\.(?:ya?ml|json)$/i

/** A pack's own checklist is `checklist.yaml`, its other catalogues are below `frameworks/`. Data among the controls are of their tests. */
const contentOf = (readings: readonly Reading[]): PackContent => {
  const values = readings.flatMap(({ file: { path }, documents: [first] }) =>
    isObject(first?.value) ? [{ path, value: first.value }] : [],
  )
  const checklist = values.find(({ path }) => CHECKLIST.test(path))?.value
  const frameworks = values.flatMap(({ path, value }) => {
    const name = member(value, 'name')
    return path.startsWith('frameworks/') && typeof name === 'string' ? [[name, value] as const] : []
  })
  return {
    data: dataOf(readings.filter(({ file }) => !file.path.startsWith('controls/'))),
    ...(checklist === undefined ? {} : { checklist }),
    frameworks: Object.fromEntries(frameworks),
  }
}

const dataOf = (readings: readonly Reading[]): JsonObject =>
  readings.flatMap(({ file, documents: [first] }) => dataIn(file, first)).reduce(merged, {})

/** Other YAML may stand there too, and is not looked at. */
const isContent = (file: PackFile): boolean =>
  isYaml(file) && (CHECKLIST.test(file.path) || DATA.test(file.path) || /^(?:data|frameworks)\//.test(file.path))

/** `data.json` is the data of its folder, as in a bundle; what is below `data/` is data at the top, as for `conftest --data`. */
const dataIn = ({ path }: PackFile, document: Document | undefined): readonly Json[] => {
  if (document === undefined) return []
  if (path.startsWith('data/')) return [document.value]
  const folder = DATA.exec(path)
  if (folder === null) return []
  const keys = (folder[1] ?? '').split('/').filter((key) => key !== '')
  return [keys.reduceRight<Json>((value, key) => ({ [key]: value }), document.value)]
}

/** What comes later goes before. */
export const merged = (base: JsonObject, given: Json): JsonObject => {
  if (!isObject(given)) return base
  const laid = Object.entries(given).map(([key, value]) => {
    const known = member(base, key)
    return [key, isObject(known) && isObject(value) ? merged(known, value) : value] as const
  })
  return { ...base, ...Object.fromEntries(laid) }
}
