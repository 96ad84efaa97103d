import { loadRegoCompiler } from '../../src/compiler/compiler'
import type { Case } from './case'
import { evaluate, type Loading } from './evaluate'
import { failed, type Verdict, verdictOf } from './verdict'

let loaded: ReturnType<Loading> | undefined

/** The compiler is large and few cases need it. */
const loading: Loading = () => {
  loaded ??= loadRegoCompiler({ module: fetch('/rego.wasm.gz') })()
  return loaded
}

/** What the runner calls. */
const judgeCase = async (given: Case, wasm: string): Promise<Verdict> => {
  try {
    const bytes = Uint8Array.from(atob(wasm), (char) => char.charCodeAt(0))
    return verdictOf(given, await evaluate(loading, given, bytes))
  } catch (error) {
    return failed(given, error)
  }
}

Object.assign(globalThis, { judgeCase })
