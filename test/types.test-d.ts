import {
  type Checklist,
  type ControlId,
  definePolicy,
  type Finding,
  isFindingOf,
  type Policy,
  type PolicyProblem,
  type Problem,
  type Report,
} from 'aks-checklist'
import type { Either } from 'fp-ts/Either'
import * as t from 'io-ts'
import { expectTypeOf, it } from 'vitest'

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
  expectTypeOf<PolicyProblem>().toExtend<Problem>()
  const problem = {} as Problem
  if (problem.code === 'duplicate-key') expectTypeOf(problem.data).toEqualTypeOf<{ readonly key: string }>()
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

it('gives reports that cannot be changed', () => {
  expectTypeOf<ReturnType<Checklist['check']>>().toEqualTypeOf<Either<Problem, Report>>()
  const report = {} as Report
  // @ts-expect-error readonly
  report.findings = []
})
