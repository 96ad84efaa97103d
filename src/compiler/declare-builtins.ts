import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import { type PolicyProblem, problem } from '../problem'
import { type Capabilities, type ChangeCapabilitiesOptions, startOf } from './capabilities'
import { DOCUMENTS, KEYWORDS } from './keywords'
import { opaType, type RegoType } from './rego-type'

/** What the checker has to know of a builtin. What it does is given to `loadPolicy`. */
export interface BuiltinDeclaration {
  readonly args: BuiltinArgs
  readonly result: RegoType
}

/** The types of up to four arguments: a module has no way to pass more to its host. */
export type BuiltinArgs =
  | readonly []
  | readonly [RegoType]
  | readonly [RegoType, RegoType]
  | readonly [RegoType, RegoType, RegoType]
  | readonly [RegoType, RegoType, RegoType, RegoType]

const NAME = /^(?!_$)[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/

// Keywords of any version, so that a name is good for sources of all; a document as the first word would read as a call of a rule.
const isName = (name: string): boolean => {
  const words = name.split('.')
  return NAME.test(name) && !words.some((word) => KEYWORDS.includes(word)) && !DOCUMENTS.includes(words[0] ?? '')
}

/**
 * Capabilities with builtins of your own: sources may call them, and calls with arguments of other types are refused, with the place
 * of the call. Errors: a name that Rego cannot call, and one that OPA or an earlier declaration has. To answer one of OPA's
 * yourself, give it to `loadPolicy` undeclared.
 *
 * OPA itself does not have them: tests replace them (`with acme.double as fake`), and the optimiser, levels 1 and 2 of
 * `compileRego`, fails where it would call one.
 *
 * @example
 * const declared = declareBuiltins({ 'acme.double': { args: ['number'], result: 'number' } })
 * pipe(declared, TE.chain((capabilities) => compileRego(sources, { entrypoints, capabilities })))
 */
export const declareBuiltins = (
  builtins: Readonly<Record<string, BuiltinDeclaration>>,
  options: ChangeCapabilitiesOptions = {},
): TE.TaskEither<readonly PolicyProblem[], Capabilities> =>
  pipe(
    startOf(options),
    TE.chain(({ capabilities, known }) => {
      const problems = Object.keys(builtins).flatMap((name) => faultOf(name, known))
      return problems.length > 0
        ? TE.left(problems)
        : TE.right({
            ...capabilities,
            builtins: [
              ...capabilities.builtins,
              ...Object.entries(builtins).map(([name, given]) => entry(name, given)),
            ],
          })
    }),
  )

const faultOf = (name: string, known: ReadonlySet<string>): readonly PolicyProblem[] => {
  // One of OPA's that runs in the module would go on doing so, whatever was declared.
  if (known.has(name)) return [problem('rego-builtin-declared', { builtin: name })]
  return isName(name) ? [] : [problem('rego-builtin-name', { builtin: name })]
}

/** A builtin as OPA's capabilities write it. */
const entry = (name: string, { args, result }: BuiltinDeclaration): Capabilities['builtins'][number] => {
  const operands: readonly RegoType[] = args
  return { name, decl: { type: 'function', args: operands.map(opaType), result: opaType(result) } }
}
