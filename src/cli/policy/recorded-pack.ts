import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import type { RegoSource } from '../../compiler/index'
import { parsable } from '../../compiler/parsable'
import type { Pack } from '../../pack/pack'
import type { Policy } from '../../rego/policy'
import type { RegoObject } from '../../rego/value'

/** One question that was put to a pack. */
interface Call {
  readonly data: RegoObject
  readonly inputText: string
}

/** A pack that remembers what it was asked. */
export interface RecordedPack {
  readonly pack: Pack
  readonly calls: readonly Call[]
}

/** The same pack, remembering. */
export const recorded = (pack: Pack): RecordedPack => {
  const calls: Call[] = []
  const remembering = (policy: Policy, data: RegoObject): Policy => ({
    ...policy,
    evaluateText: (entrypoint, inputText, options) => {
      calls.push({ data, inputText })
      return policy.evaluateText(entrypoint, inputText, options)
    },
    withData: (other) =>
      pipe(
        policy.withData(other),
        E.map((fresh) => remembering(fresh, other)),
      ),
  })
  return { pack: { ...pack, policy: remembering(pack.policy, {}) }, calls }
}

/** The package of the tests that ask again. */
const PACKAGE = 'aks_checklist_examples'

/** Finds their names. */
export const REPLAYED = `^data\\.${PACKAGE}\\.`

/**
 * Rego tests that ask the same again: coverage is measured by OPA's interpreter, not in the compiled module. JSON is Rego. How they
 * end says nothing: the answers have been compared already.
 */
export const replayOf = (calls: readonly Call[]): RegoSource => ({
  name: `${PACKAGE}_test.rego`,
  regoVersion: 'v1',
  text: parsable(
    [
      `package ${PACKAGE}`,
      ...calls.map(({ data, inputText }, at) => {
        const documents = Object.entries(data).map(
          ([name, value]) => `with data[${JSON.stringify(name)}] as ${JSON.stringify(value)}`,
        )
        return `test_${at} if data.report.outcomes with input as ${inputText} ${documents.join(' ')}`
      }),
      '',
    ].join('\n\n'),
  ),
})
