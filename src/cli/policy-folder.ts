import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import { type BuiltPack, buildPack, type RegoSource } from '../compiler/index'
import { readSource } from '../manifest/index'
import { loadPack, type Pack } from '../pack/pack'
import { type Problem, problem } from '../problem'
import { packageFile } from './package-file'

/** Where the package keeps the libraries that custom controls import. */
const SHIPPED_POLICIES = packageFile('policies')

export const isFolder = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => undefined))?.isDirectory() === true

/** The Rego files below a folder, sorted by name. */
export const regoIn = async (folder: string): Promise<readonly RegoSource[]> => {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.rego')).sort()
  return Promise.all(
    names.map(async (name) => ({ name: join(folder, name), text: await readFile(join(folder, name), 'utf8') })),
  )
}

const isTest = ({ name }: RegoSource): boolean => name.endsWith('_test.rego')

/** The libraries and the entrypoint that every pack is compiled with. */
export const shippedLibraries = async (): Promise<readonly RegoSource[]> => {
  const [libraries, report] = await Promise.all([
    regoIn(join(SHIPPED_POLICIES, 'lib')),
    regoIn(join(SHIPPED_POLICIES, 'report')),
  ])
  return [...libraries, ...report].filter((source) => !isTest(source))
}

export const aksNamespaces = async (): Promise<readonly string[]> => {
  const file = join(SHIPPED_POLICIES, 'aks-namespaces.yaml')
  const [document] = readSource({ name: file, text: await readFile(file, 'utf8') }).documents
  return Array.isArray(document?.value) ? document.value.filter((name): name is string => typeof name === 'string') : []
}

/** Reads a folder of custom controls; a folder without any is a problem. */
export const readPolicyFolder = async (folder: string): Promise<E.Either<Problem, readonly RegoSource[]>> => {
  try {
    const sources = await regoIn(folder)
    return sources.length === 0
      ? E.left(problem('pack-invalid', { reason: `${folder} holds no .rego file` }))
      : E.right(sources)
  } catch (error) {
    return E.left(
      problem('source-unreadable', { source: folder, reason: error instanceof Error ? error.message : String(error) }),
    )
  }
}

/** Compiles a folder of controls, beside the shipped libraries, to a pack. */
export const buildPolicyFolder = async (folder: string): Promise<E.Either<readonly Problem[], BuiltPack>> => {
  const sources = await readPolicyFolder(folder)
  if (E.isLeft(sources)) return E.left([sources.left])
  const policies = [...sources.right.filter((source) => !isTest(source)), ...(await shippedLibraries())]
  return buildPack(policies, { aksNamespaces: await aksNamespaces() })()
}

/** The folder as a loaded pack. */
export const compilePackFolder = async (folder: string): Promise<E.Either<Problem, Pack>> => {
  const built = pipe(
    await buildPolicyFolder(folder),
    E.mapLeft((problems): Problem => problems[0] ?? problem('pack-invalid', { reason: `${folder} does not compile` })),
  )
  return E.isLeft(built) ? built : loadPack({ module: built.right.module })()
}
