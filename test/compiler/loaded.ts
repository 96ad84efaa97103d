import { readFileSync } from 'node:fs'
import { type Either, isLeft, isRight } from 'fp-ts/Either'
import { loadRegoCompiler, type RegoCompiler } from '../../src/compiler/index'
import type { PolicyProblem } from '../../src/problem'

/** The compiler's module as it is in the package. */
export const shippedModule = (): Uint8Array =>
  new Uint8Array(readFileSync(new URL('../../wasm/rego.wasm.gz', import.meta.url)))

let loading: Promise<RegoCompiler> | undefined

/** The compiler, loaded once a file of tests. */
export const loaded = (): Promise<RegoCompiler> => {
  loading ??= loadRegoCompiler({ module: shippedModule() })().then((compiler) => {
    if (isLeft(compiler)) throw new Error(compiler.left.message)
    return compiler.right
  })
  return loading
}

/** The right side; a left one fails the test with its messages. */
export const done = <A>(result: Either<readonly PolicyProblem[], A>): A => {
  if (isLeft(result)) throw new Error(result.left.map(({ message }) => message).join('\n'))
  return result.right
}

/** One row for each problem: its code in OPA, and where it is. */
export const rows = <A>(result: Either<readonly PolicyProblem[], A>): readonly (readonly (string | number)[])[] => {
  if (isRight(result)) throw new Error('expected problems')
  return result.left.map(({ code, data, location }) => [
    code === 'rego-error' ? data.regoCode : code,
    ...(location === undefined
      ? []
      : [location.source, location.start.line, location.start.column, location.end.line, location.end.column]),
  ])
}
