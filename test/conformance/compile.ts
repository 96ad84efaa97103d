import * as E from 'fp-ts/Either'
import type { RegoCompiler } from '../../src/compiler/compiler'
import type { Case } from './case'

/**
 * A case's query over its modules as a WebAssembly module, in base64.
 *
 * @throws where it does not compile: all cases do.
 */
export const compileCase = (compiler: RegoCompiler, given: Case): string => {
  const compiled = compiler.callNow('compileQuery', {
    query: given.query,
    regoVersion: given.version,
    experimentalKeywords: given.experimentalKeywords,
    sources: given.modules.map((text, at) => ({ name: `module-${at}.rego`, text })),
  })
  if (E.isLeft(compiled)) throw new Error(`it does not compile: ${JSON.stringify(compiled.left)}`)
  return compiled.right.wasm
}
