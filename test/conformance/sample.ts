import { readFileSync } from 'node:fs'
import type { RegoCompiler } from '../../src/compiler/compiler'
import { type Case, type CaseFile, readCases } from './case'
import { compileCase } from './compile'

export { compilerFrom } from './compiler'

/** A case of a file with its module in base64. */
export interface Sampled {
  readonly file: CaseFile
  readonly given: Case
  readonly wasm: string
}

/** So many cases of these files, evenly taken and always the same, compiled. */
export const sample = (compiler: RegoCompiler, files: readonly CaseFile[], size: number): readonly Sampled[] => {
  const all = files.flatMap((file) =>
    readCases(compiler, file.version, readFileSync(file.path, 'utf8')).map((given) => ({ file, given })),
  )
  const every = Math.max(1, Math.floor(all.length / size))
  return all
    .filter((_, at) => at % every === 0)
    .slice(0, size)
    .map((taken) => ({ ...taken, wasm: compileCase(compiler, taken.given) }))
}
