import { stat } from 'node:fs/promises'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import { type BuiltPack, buildPack, type RegoOptions, type RegoSource } from '../compiler/index'
import { loadPack, type Pack } from '../pack/pack'
import { type Problem, problem } from '../problem'
import { isTest, readPolicyFiles } from './policy/files'
import { aksNamespaces, librariesFor } from './policy/libraries'

export { shippedLibraries } from './policy/libraries'

export const isFolder = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => undefined))?.isDirectory() === true

export interface BuildSettings extends RegoOptions {
  readonly optimization?: 0 | 1 | 2
}

/** Compiles controls, beside the shipped libraries that they import, to a pack. */
export const buildControls = async (
  sources: readonly RegoSource[],
  settings: BuildSettings,
): Promise<E.Either<readonly Problem[], BuiltPack>> => {
  const policies = sources.filter((source) => !isTest(source))
  const libraries = await librariesFor(policies, { report: true })
  const options = { ...settings, aksNamespaces: await aksNamespaces() }
  return buildPack([...policies, ...libraries], options)()
}

/** The folder as a loaded pack. */
export const compilePackFolder = async (folder: string): Promise<E.Either<Problem, Pack>> => {
  const files = await readPolicyFiles([folder])
  const built = pipe(
    E.isLeft(files) ? files : await buildControls(files.right.rego, {}),
    E.mapLeft((problems): Problem => problems[0] ?? problem('pack-invalid', { reason: `${folder} does not compile` })),
  )
  return E.isLeft(built) ? built : loadPack({ module: built.right.module })()
}
