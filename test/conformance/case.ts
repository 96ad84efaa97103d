import * as E from 'fp-ts/Either'
import * as t from 'io-ts'
import { decode, exact, pathText } from '../../src/codec'
import { callBuiltin } from '../../src/compiler/builtins'
import type { RegoCompiler } from '../../src/compiler/compiler'
import { readWritten, writeTerm } from '../../src/rego/term'
import type { RegoValue } from '../../src/rego/value'

/** One of OPA's conformance cases. Values are texts of terms, so that it can cross to a page and stays exact. */
export interface Case {
  /** Unique within a version. */
  readonly note: string
  readonly version: RegoVersion
  readonly query: string
  readonly modules: readonly string[]
  readonly experimentalKeywords: boolean
  readonly data: string
  /** Absent where the case has no input, which is not the same as null. */
  readonly input?: string
  readonly want: Want
}

export type RegoVersion = 'v0' | 'v1'

/** A file of cases. */
export interface CaseFile {
  readonly version: RegoVersion
  /** Names what its cases are about. */
  readonly folder: string
  readonly path: string
}

/** What must come out: these bindings, whether there are any, or two values for one key. */
export type Want =
  | { readonly kind: 'results'; readonly results: string; readonly sortBindings: boolean }
  | { readonly kind: 'defined'; readonly defined: boolean }
  | { readonly kind: 'conflict' }

const value = new t.Type<RegoValue, RegoValue, unknown>(
  'value',
  (u): u is RegoValue => u !== undefined,
  // What readWritten gives is a Rego value.
  (u, context) => (u === undefined ? t.failure(u, context) : t.success(u as RegoValue)),
  t.identity,
)

// OPA's type of a case, without `env`, which no case has. Source: v1/test/cases/cases.go.
const writtenCase = exact(
  'case',
  { note: t.string, query: t.string },
  {
    modules: t.readonlyArray(t.string),
    data: value,
    input: value,
    input_term: t.string,
    want_result: value,
    want_defined: t.boolean,
    want_error_code: t.string,
    want_error: t.string,
    sort_bindings: t.boolean,
    strict_error: t.boolean,
    experimental_keywords: t.boolean,
    // For evaluators that return variables which a compiled query has not.
    ignore_generated_vars: t.boolean,
  },
)
type WrittenCase = t.TypeOf<typeof writtenCase>

const file = exact('file', { cases: t.readonlyArray(writtenCase) }, {})

/**
 * Reads a file of cases as OPA does, with its own YAML reader, since numbers must stay exact.
 *
 * @throws on a file that is no file of cases, or wants what no compiled module can give.
 */
export const readCases = (compiler: RegoCompiler, version: RegoVersion, text: string): readonly Case[] => {
  const written = readWritten(answerOf(compiler, 'yaml.unmarshal', [JSON.stringify(text)]))
  const read = decode(file, written)
  if (E.isLeft(read)) throw new Error(`${pathText(read.left.path)}: ${read.left.expected}`)
  return read.right.cases.map((given) => caseOf(compiler, version, given))
}

const answerOf = (compiler: RegoCompiler, name: string, args: readonly string[]): string => {
  const answer = callBuiltin(compiler, name, args)
  if (E.isRight(answer) && answer.right !== undefined) return answer.right
  throw new Error(`${name}: ${E.isLeft(answer) ? answer.left.map(({ message }) => message).join('; ') : 'no answer'}`)
}

const caseOf = (compiler: RegoCompiler, version: RegoVersion, given: WrittenCase): Case => ({
  note: given.note,
  version,
  query: given.query,
  modules: given.modules ?? [],
  experimentalKeywords: given.experimental_keywords ?? false,
  data: writeTerm(given.data ?? {}),
  ...inputOf(compiler, given),
  want: wantOf(given),
})

const inputOf = (compiler: RegoCompiler, { input, input_term }: WrittenCase): { readonly input?: string } => {
  if (input_term !== undefined) return { input: normalTerm(compiler, input_term) }
  return input === undefined ? {} : { input: writeTerm(input) }
}

/** A term as Rego source, with comments and trailing commas, as the text that a module reads: the default comes back. */
const normalTerm = (compiler: RegoCompiler, source: string): string =>
  answerOf(compiler, 'object.get', ['{}', '0', source])

/** A module knows no strict errors: where only they make an error visible, nothing comes out. */
const wantOf = (given: WrittenCase): Want => {
  if (given.want_defined !== undefined) return { kind: 'defined', defined: given.want_defined }
  if (given.want_result !== undefined) {
    return { kind: 'results', results: writeTerm(given.want_result), sortBindings: given.sort_bindings ?? false }
  }
  if (given.strict_error) return { kind: 'results', results: '[]', sortBindings: false }
  if (given.want_error_code === 'eval_conflict_error') return { kind: 'conflict' }
  throw new Error(`${given.note} wants ${given.want_error_code ?? 'nothing'}`)
}
