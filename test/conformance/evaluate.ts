import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import { opaBuiltins } from '../../src/compiler/builtins'
import type { RegoCompiler } from '../../src/compiler/compiler'
import { type PolicyProblem, problem } from '../../src/problem'
import { type Family, overValues } from '../../src/rego/builtin'
import { importBuiltins, isOffline } from '../../src/rego/builtins/registry'
import { NO_INPUT } from '../../src/rego/input'
import { createInstance } from '../../src/rego/instance'
import { loadModule } from '../../src/rego/loaded-module'
import { compileModule } from '../../src/rego/module'
import { EXACT, readTerm } from '../../src/rego/term'
import type { Case } from './case'
import type { Outcome } from './judge'

/** A loaded compiler, for the builtins that are OPA's own code. */
export type Loading = TE.TaskEither<PolicyProblem, RegoCompiler>

/** Not OPA's: the cases assume it. None of them needs that time passes. */
const OWN: Family = { 'test.sleep': () => null }

const OPTIONS = {
  own: OWN,
  // 2026-05-01T08:30:00Z; the cases ask for a time, and for one only.
  now: 1_777_624_200_000_000_000n,
  seed: 0,
  maximumPages: 16_384,
}

/** Evaluates the compiled query of a case with the engine and gives its bindings. */
export const evaluate = (loading: Loading, { data, input }: Case, wasm: Uint8Array): Promise<Outcome> =>
  pipe(
    compileModule(wasm),
    TE.chainEitherK(loadModule),
    TE.bindTo('module'),
    TE.bind('supplied', ({ module }) => suppliedFor(loading, Object.keys(module.builtins))),
    TE.chainEitherK(({ module, supplied }) => createInstance(module, { ...OPTIONS, supplied, dataText: data })),
    TE.chainEitherK((instance) =>
      instance.results('eval', input === undefined ? NO_INPUT : { value: readTerm(input, EXACT) }),
    ),
    TE.map(({ results }) => results),
  )()

/** First the engine's own builtins, then OPA's; what needs a network is refused, as `loadPolicy` does. */
const suppliedFor = (loading: Loading, required: readonly string[]): TE.TaskEither<PolicyProblem, Family> => {
  const refused = required.filter((name) => !isOffline(name))
  if (refused.length > 0) return TE.left(problem('policy-builtin-unsupported', { builtins: refused }))
  return pipe(
    TE.fromTask<Family, PolicyProblem>(() => importBuiltins(required)),
    TE.chain((known) => {
      const others = required.filter((name) => !Object.hasOwn(known, name) && !Object.hasOwn(OWN, name))
      return others.length === 0 ? TE.right(known) : TE.map(withOpas(known, others))(loading)
    }),
  )
}

const withOpas =
  (known: Family, others: readonly string[]) =>
  (compiler: RegoCompiler): Family => {
    const opas = Object.entries(opaBuiltins(compiler, others))
    return { ...known, ...Object.fromEntries(opas.map(([name, builtin]) => [name, overValues(builtin).call])) }
  }
