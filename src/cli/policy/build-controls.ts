import type * as E from 'fp-ts/Either'
import { type BuiltPack, buildPack, type RegoOptions, type RegoSource } from '../../compiler/index'
import type { Problem } from '../../problem'
import { isTest } from './files'
import { aksNamespaces, librariesFor } from './libraries'

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
