import { readFileSync } from 'node:fs'
import * as E from 'fp-ts/Either'
import { loadRegoCompiler, type RegoCompiler } from '../../src/compiler/compiler'

/** The compiler from its file; throws where it does not load. */
export const compilerFrom = async (path: string): Promise<RegoCompiler> => {
  const loaded = await loadRegoCompiler({ module: readFileSync(path) })()
  if (E.isLeft(loaded)) throw new Error(loaded.left.message)
  return loaded.right
}
