import {
  type Catalogue,
  type Checklist,
  type ControlId,
  definePolicy,
  type Finding,
  FORMATS,
  type Format,
  formatReport,
  isFindingOf,
  type Location,
  levelOf,
  type Policy,
  type PolicyProblem,
  type Problem,
  type ProblemCode,
  type ProblemData,
  type ProblemLevel,
  type Report,
} from 'aks-checklist'
import type { Either } from 'fp-ts/Either'
import * as t from 'io-ts'
import { describe, expectTypeOf, it } from 'vitest'
import type { Changeable } from './changeable'

it('types findings by their control', () => {
  expectTypeOf<Finding<'AKSC-O1-01'>['args']>().toEqualTypeOf<{ readonly container: string }>()
  expectTypeOf<Finding<'SHOP-01'>['args']>().toBeObject()
  const finding = {} as Finding
  if (isFindingOf('AKSC-O1-01', finding)) expectTypeOf(finding.args.container).toBeString()
  // @ts-expect-error not the id of a control
  isFindingOf('AKSC-O1-99', finding)
})

it('closes the unions', () => {
  expectTypeOf<'AKSC-O1-01'>().toExtend<ControlId>()
  expectTypeOf<'AKSC-O1-99'>().not.toExtend<ControlId>()
  expectTypeOf<string>().not.toExtend<ControlId>()
})

describe('a problem', () => {
  it('has a code that says what it carries', () => {
    const problem = {} as Problem
    if (problem.code === 'duplicate-key') expectTypeOf(problem.data).toEqualTypeOf<{ readonly key: string }>()
    // @ts-expect-error a code that does not exist
    if (problem.code === 'duplicate-keys') problem.message
    // @ts-expect-error what it carries depends on its code
    problem.data.key
    expectTypeOf(problem.location).toEqualTypeOf<Location | undefined>()
    expectTypeOf(levelOf(problem.code)).toEqualTypeOf<ProblemLevel>()
    expectTypeOf<Problem['code']>().toEqualTypeOf<keyof ProblemData>()
    expectTypeOf<Problem['code']>().toEqualTypeOf<ProblemCode>()
  })

  it('of the engine is one of fewer, and all of those are of the engine', () => {
    expectTypeOf<PolicyProblem>().toExtend<Problem>()
    expectTypeOf<Problem>().not.toExtend<PolicyProblem>()
    expectTypeOf<'duplicate-key'>().not.toExtend<PolicyProblem['code']>()
    expectTypeOf<Exclude<ProblemCode, PolicyProblem['code']>>().not.toExtend<`policy-${string}` | `rego-${string}`>()
  })

  it('is handled by a switch that has every case', () => {
    type Late = Extract<PolicyProblem, { readonly code: 'policy-deadline' | 'policy-cancelled' }>
    const said = (problem: Late): string => {
      switch (problem.code) {
        case 'policy-deadline':
          return `late by ${problem.data.milliseconds}`
        case 'policy-cancelled':
          return 'stopped'
      }
    }
    expectTypeOf(said).returns.toEqualTypeOf<string>()
    // @ts-expect-error a case is missing, so there may be no text
    const incomplete = (problem: Late): string => {
      switch (problem.code) {
        case 'policy-deadline':
          return `late by ${problem.data.milliseconds}`
      }
    }
    expectTypeOf(incomplete).toBeFunction()
  })

  it('is looked up in a table that has every code, and no other', () => {
    type Table = { readonly [C in ProblemCode]: string }
    expectTypeOf<Record<ProblemCode, string>>().toExtend<Table>()
    expectTypeOf<Omit<Table, 'rego-builtin-name'>>().not.toExtend<Table>()
    // @ts-expect-error a code that does not exist
    expectTypeOf<Table['rego-builtin']>()
  })
})

it('types both ends of a policy', () => {
  const typed = definePolicy({
    policy: {} as Policy,
    entrypoint: 'a/b',
    input: t.type({ n: t.number }),
    output: t.array(t.string),
  })
  expectTypeOf(typed).toEqualTypeOf<(given: { n: number }) => Either<PolicyProblem, string[]>>()
})

describe('a report', () => {
  it('is what a check gives, or the problem that there is none', () => {
    expectTypeOf<ReturnType<Checklist['check']>>().toEqualTypeOf<Either<Problem, Report>>()
  })

  it('cannot be changed, nor can the catalogue', () => {
    expectTypeOf<Changeable<Report>>().toBeNever()
    expectTypeOf<Changeable<Catalogue>>().toBeNever()
    expectTypeOf<Changeable<ProblemData[ProblemCode]>>().toBeNever()
    type Open = { readonly ids: string[]; readonly of: readonly { name: string }[]; at?: number }
    expectTypeOf<Changeable<Open>>().toEqualTypeOf<'.ids' | '.of[].name' | '.at'>()
  })

  it('has verdicts, answers and severities out of closed unions', () => {
    expectTypeOf<Report['questions'][number]['answer']>().toEqualTypeOf<'yes' | 'no' | 'partly' | 'unknown'>()
    expectTypeOf<Report['items'][number]['verdict']>().toEqualTypeOf<
      'pass' | 'fail' | 'unknown' | 'not-applicable' | 'waived'
    >()
    expectTypeOf<Report['findings'][number]['severity']>().toEqualTypeOf<'critical' | 'high' | 'medium' | 'low'>()
    expectTypeOf<Report['snapshot']['mode']>().toEqualTypeOf<'manifests' | 'cluster'>()
    expectTypeOf<Report['schemaVersion']>().toEqualTypeOf<1>()
  })

  it('is rendered in the formats that there are', () => {
    expectTypeOf(FORMATS).toEqualTypeOf<readonly Format[]>()
    expectTypeOf<string>().not.toExtend<Format>()
    expectTypeOf(formatReport({} as Report, 'text')).toEqualTypeOf<string>()
    // @ts-expect-error a format that there is not
    formatReport({} as Report, 'pdf')
  })
})
