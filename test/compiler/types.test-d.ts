import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import { describe, expectTypeOf, it } from 'vitest'
import {
  type Annotation,
  type BuiltinDeclaration,
  type BuiltPack,
  buildPack,
  type Capabilities,
  type CheckRegoOptions,
  type CompiledBundle,
  type CompiledRego,
  type CompileRegoOptions,
  callBuiltin,
  checkRego,
  compileBundle,
  compileRego,
  declareBuiltins,
  type ForeignPack,
  forbid,
  formatRego,
  formatTestReport,
  inspectRego,
  loadRegoCompiler,
  opaBuiltinProvider,
  type RegoCompiler,
  type RegoSource,
  type RegoTestReport,
  type RegoTestResult,
  type RegoType,
  regoCapabilities,
  TEST_FORMATS,
  type TestFormat,
  testRego,
} from '../../src/compiler/index'
import type { JsonObject } from '../../src/json'
import type { Location, PolicyProblem, Problem, ProblemData } from '../../src/problem'
import type { LoadPolicyOptions } from '../../src/rego/policy'
import type { Changeable } from '../changeable'

const sources: readonly RegoSource[] = []

/** What may go wrong, all of it at once. */
type Compiling<A> = TE.TaskEither<readonly PolicyProblem[], A>

describe('compileRego', () => {
  it('gives problems or a module with its entrypoints and their METADATA', () => {
    expectTypeOf(compileRego).returns.toEqualTypeOf<Compiling<CompiledRego>>()
    expectTypeOf<CompiledRego['annotations']>().toEqualTypeOf<Readonly<Record<string, readonly Annotation[]>>>()
    expectTypeOf<CompiledRego['data']>().toEqualTypeOf<JsonObject>()
    expectTypeOf<CompiledRego['module']>().toExtend<LoadPolicyOptions['wasm']>()
    expectTypeOf<Changeable<CompiledRego>>().toBeNever()
  })

  it('looks up the METADATA of an entrypoint that may have none', () => {
    const { annotations } = {} as CompiledRego
    expectTypeOf(annotations['shop/late']).toEqualTypeOf<readonly Annotation[] | undefined>()
    expectTypeOf<Annotation['custom']>().toEqualTypeOf<JsonObject>()
    expectTypeOf<Annotation['location']>().toEqualTypeOf<Location | undefined>()
  })

  it('needs no option', () => {
    expectTypeOf<Record<never, never>>().toExtend<CompileRegoOptions>()
    expectTypeOf<RegoSource['regoVersion']>().toEqualTypeOf<'v0' | 'v1' | undefined>()
    expectTypeOf<{ readonly optimization: 3 }>().not.toExtend<CompileRegoOptions>()
    expectTypeOf<{ readonly print: 'all' }>().not.toExtend<CompileRegoOptions>()
    expectTypeOf<{ readonly entrypoints: string }>().not.toExtend<CompileRegoOptions>()
  })

  it('has no schemas, which are for checkRego', () => {
    // @ts-expect-error what is compiled was checked before
    compileRego(sources, { inputSchema: {} })
    checkRego(sources, { inputSchema: { type: 'object' }, schemas: { 'kubernetes/pod': { type: 'object' } } })
    expectTypeOf<CheckRegoOptions['schemas']>().toEqualTypeOf<Readonly<Record<string, JsonObject>> | undefined>()
    expectTypeOf(checkRego).returns.toEqualTypeOf<Compiling<void>>()
  })

  it('takes sources with their names', () => {
    // @ts-expect-error a problem could not say where it is
    compileRego([{ text: 'package a' }])
    // @ts-expect-error texts are read by the caller
    compileRego(['a.rego'])
  })
})

describe('capabilities', () => {
  it('are made by each of three, and taken by whatever reads Rego', () => {
    expectTypeOf(regoCapabilities).returns.toEqualTypeOf<Compiling<Capabilities>>()
    expectTypeOf(forbid).returns.toEqualTypeOf<Compiling<Capabilities>>()
    expectTypeOf(declareBuiltins).returns.toEqualTypeOf<Compiling<Capabilities>>()
    expectTypeOf<Capabilities>().toExtend<NonNullable<CompileRegoOptions['capabilities']>>()
    expectTypeOf<Capabilities['builtins'][number]['name']>().toEqualTypeOf<string>()
  })

  it('go from one to the other and into the compiler', () => {
    const compiled = pipe(
      forbid(['http.send']),
      TE.chain((capabilities) =>
        declareBuiltins({ 'acme.double': { args: ['number'], result: 'number' } }, { capabilities }),
      ),
      TE.chain((capabilities) => forbid(['opa.runtime'], { capabilities })),
      TE.chain((capabilities) => compileRego(sources, { capabilities })),
    )
    expectTypeOf(compiled).toEqualTypeOf<Compiling<CompiledRego>>()
    // @ts-expect-error everything that OPA has starts from nothing
    regoCapabilities({ capabilities: {} as Capabilities })
    // @ts-expect-error a document without builtins
    forbid([], { capabilities: {} })
  })
})

describe('the declaration of a builtin', () => {
  it('has the types that Rego has', () => {
    const types: readonly RegoType[] = [
      'any',
      { array: { set: 'string' } },
      { tuple: ['string', { tuple: [] }], rest: 'number' },
      { object: { key: 'any', value: { anyOf: ['null', 'boolean'] } } },
      { record: { id: 'string', at: { record: {}, rest: 'any' } } },
    ]
    expectTypeOf(types).toExtend<readonly RegoType[]>()
    expectTypeOf<'integer'>().not.toExtend<RegoType>()
    expectTypeOf<string>().not.toExtend<RegoType>()
    expectTypeOf<{ array: 'integer' }>().not.toExtend<RegoType>()
    expectTypeOf<{ object: { value: 'any' } }>().not.toExtend<RegoType>()
    expectTypeOf<{ list: 'any' }>().not.toExtend<RegoType>()
    // One of none would be any in OPA.
    expectTypeOf<{ anyOf: [] }>().not.toExtend<RegoType>()
  })

  it('has at most four arguments, and a result', () => {
    expectTypeOf<{ args: []; result: 'any' }>().toExtend<BuiltinDeclaration>()
    expectTypeOf<{ args: ['any', 'any', 'any', 'any']; result: 'any' }>().toExtend<BuiltinDeclaration>()
    expectTypeOf<{ args: ['any', 'any', 'any', 'any', 'any']; result: 'any' }>().not.toExtend<BuiltinDeclaration>()
    expectTypeOf<{ args: ['any'] }>().not.toExtend<BuiltinDeclaration>()
    // @ts-expect-error the types are OPA's, and not those of the codecs
    declareBuiltins({ 'acme.double': { args: ['integer'], result: 'number' } })
    // @ts-expect-error what it does is given to loadPolicy
    declareBuiltins({ 'acme.double': { args: ['number'], result: 'number', call: (n: number) => n * 2 } })
  })
})

describe('testRego', () => {
  it('names every way that a test can end, and every format', () => {
    expectTypeOf(testRego).returns.toEqualTypeOf<Compiling<RegoTestReport>>()
    expectTypeOf<keyof RegoTestReport['counts']>().toEqualTypeOf<'pass' | 'fail' | 'error' | 'skip'>()
    expectTypeOf<TestFormat>().toEqualTypeOf<'text' | 'json' | 'junit' | 'tap' | 'lcov'>()
    expectTypeOf(TEST_FORMATS).toEqualTypeOf<readonly TestFormat[]>()
  })

  it('gives a report that cannot be changed', () => {
    expectTypeOf<RegoTestReport['results']>().toEqualTypeOf<readonly RegoTestResult[]>()
    expectTypeOf<Changeable<RegoTestReport>>().toBeNever()
    expectTypeOf<RegoTestResult['error']>().toEqualTypeOf<PolicyProblem | undefined>()
  })

  it('has its reports rendered as text in a format that there is', () => {
    expectTypeOf(formatTestReport({} as RegoTestReport, 'junit')).toEqualTypeOf<string>()
    // @ts-expect-error a format that there is not
    formatTestReport({} as RegoTestReport, 'html')
    // @ts-expect-error the report comes with or without problems
    formatTestReport(testRego(sources), 'text')
  })
})

describe('the rest of the compiler', () => {
  it('collects its problems, but for loading itself', () => {
    expectTypeOf(loadRegoCompiler).returns.toEqualTypeOf<TE.TaskEither<PolicyProblem, RegoCompiler>>()
    expectTypeOf(formatRego).returns.toEqualTypeOf<Compiling<readonly RegoSource[]>>()
    expectTypeOf(inspectRego).returns.toExtend<Compiling<readonly { readonly annotations: readonly Annotation[] }[]>>()
    expectTypeOf(compileBundle).returns.toEqualTypeOf<Compiling<CompiledBundle>>()
    expectTypeOf(buildPack).returns.toEqualTypeOf<Compiling<BuiltPack>>()
    expectTypeOf<ForeignPack['problems']>().toEqualTypeOf<readonly Problem[]>()
  })

  it('provides builtins as loadPolicy asks for them', () => {
    expectTypeOf(opaBuiltinProvider()).toEqualTypeOf<NonNullable<LoadPolicyOptions['provider']>>()
    // @ts-expect-error arguments are the texts of terms
    callBuiltin({} as RegoCompiler, 'abs', [1])
  })

  it('is loaded from bytes or a module, and not from a name', () => {
    loadRegoCompiler({ module: {} as WebAssembly.Module })
    // @ts-expect-error the name of a file
    loadRegoCompiler({ module: 'rego.wasm.gz' })
  })

  it('says which documents clash', () => {
    expectTypeOf<ProblemData['rego-data-conflict']>().toEqualTypeOf<{
      readonly path: string
      readonly first: string
      readonly second: string
    }>()
  })
})
