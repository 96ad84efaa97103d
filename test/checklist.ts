import * as E from 'fp-ts/Either'
import type { Checklist, CheckOptions } from '../src/check'
import { loadChecklist } from '../src/node'
import type { Problem } from '../src/problem'
import type { Report } from '../src/report/build'

/** The right side; a left one fails the test with its message. */
export const right = <A>(either: E.Either<Problem, A>): A => {
  if (E.isLeft(either)) throw new Error(`${either.left.code}: ${either.left.message}`)
  return either.right
}

/** The left side; a right one fails the test. */
export const left = <A>(either: E.Either<Problem, A>): Problem => {
  if (E.isRight(either)) throw new Error('expected a problem')
  return either.left
}

let loading: Promise<Checklist> | undefined

/** The shipped checklist, loaded once a file of tests. */
export const shipped = (): Promise<Checklist> => {
  loading ??= loadChecklist()().then(right)
  return loading
}

/** Checks one text, or several named ones. */
export const checked = async (
  input: string | Readonly<Record<string, string | Uint8Array>>,
  options: CheckOptions = {},
): Promise<Report> => {
  const sources =
    typeof input === 'string'
      ? [{ name: 'input.yaml', text: input }]
      : Object.entries(input).map(([name, text]) => ({ name, text }))
  return right((await shipped()).check(sources, options))
}

/** A control's verdict in a report. */
export const verdictOf = (report: Report, id: string): string | undefined =>
  report.controls.find((control) => control.id === id)?.verdict

/** An answer in a report. */
export const answerOf = (report: Report, id: string): string | undefined =>
  report.questions.find((question) => question.id === id)?.answer

/** A Deployment with one container, whose pod spec can be changed. */
export const deployment = (name: string, container = '', pod = ''): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: shop
spec:
  selector:
    matchLabels: {app: ${name}}
  template:
    metadata:
      labels: {app: ${name}}
    spec:${pod}
      containers:
        - name: ${name}
          image: contoso.azurecr.io/${name}:1.0${container}
`

/** A managed cluster as ARM returns it. */
export const managedCluster = (name: string, properties: object = {}): string =>
  JSON.stringify({
    id: `/subscriptions/7a2c9d1e-0000-4000-8000-000000000001/resourceGroups/shop/providers/Microsoft.ContainerService/managedClusters/${name}`,
    name,
    type: 'Microsoft.ContainerService/ManagedClusters',
    location: 'westeurope',
    properties: { kubernetesVersion: '1.35', enableRBAC: true, ...properties },
  })
