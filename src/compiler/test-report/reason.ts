import type { Location } from '../../problem'
import type { FailedExpression, RegoTestResult } from '../test-rego'

/** `a_test.rego:7:3`, as editors and terminals link it. */
export const placeText = ({ source, start }: Location): string => `${source}:${start.line}:${start.column}`

/** The expression that failed with its place, and under it a line for each of its variables. */
export const expressionLines = ({ text, values, location }: FailedExpression): readonly string[] => [
  ...(location === undefined ? [] : [placeText(location)]),
  ...text.split('\n').map((line) => `  ${line}`),
  ...Object.entries(values).map(([name, value]) => `    ${name} = ${value}`),
]

/** Why a test without cases did not pass. */
export const reasonLines = ({ error, failedAt }: RegoTestResult): readonly string[] => [
  ...(error === undefined
    ? []
    : [
        ...(error.location === undefined ? [] : [placeText(error.location)]),
        ...error.message.split('\n').map((line) => `  ${line}`),
      ]),
  ...(failedAt === undefined ? [] : expressionLines(failedAt)),
]
