import type { TaskEither } from 'fp-ts/TaskEither'
import { describe, expectTypeOf, it } from 'vitest'
import {
  type Annotation,
  type Capabilities,
  type CompiledRego,
  type CompileRegoOptions,
  compileRego,
  forbid,
  type RegoSource,
  type RegoTestReport,
  type TestFormat,
  testRego,
} from '../../src/compiler/index'
import type { JsonObject } from '../../src/json'
import type { PolicyProblem, ProblemData } from '../../src/problem'

describe('types of the compiler', () => {
  it('gives problems or a module with its entrypoints and their METADATA', () => {
    expectTypeOf(compileRego).returns.toEqualTypeOf<TaskEither<readonly PolicyProblem[], CompiledRego>>()
    expectTypeOf<CompiledRego['annotations']>().toEqualTypeOf<Readonly<Record<string, readonly Annotation[]>>>()
    expectTypeOf<CompiledRego['data']>().toEqualTypeOf<JsonObject>()
  })

  it('needs no option', () => {
    expectTypeOf<Record<never, never>>().toExtend<CompileRegoOptions>()
    expectTypeOf<RegoSource['regoVersion']>().toEqualTypeOf<'v0' | 'v1' | undefined>()
    expectTypeOf<{ readonly optimization: 3 }>().not.toExtend<CompileRegoOptions>()
  })

  it('takes for capabilities what forbid makes', () => {
    expectTypeOf(forbid).returns.toEqualTypeOf<TaskEither<readonly PolicyProblem[], Capabilities>>()
    expectTypeOf<Capabilities>().toExtend<NonNullable<CompileRegoOptions['capabilities']>>()
    expectTypeOf<Capabilities['builtins'][number]['name']>().toEqualTypeOf<string>()
  })

  it('names every way that a test can end, and every format', () => {
    expectTypeOf(testRego).returns.toEqualTypeOf<TaskEither<readonly PolicyProblem[], RegoTestReport>>()
    expectTypeOf<keyof RegoTestReport['counts']>().toEqualTypeOf<'pass' | 'fail' | 'error' | 'skip'>()
    expectTypeOf<TestFormat>().toEqualTypeOf<'text' | 'json' | 'junit' | 'tap' | 'lcov'>()
  })

  it('says which documents clash', () => {
    expectTypeOf<ProblemData['rego-data-conflict']>().toEqualTypeOf<{
      readonly path: string
      readonly first: string
      readonly second: string
    }>()
  })
})
