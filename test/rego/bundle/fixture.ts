import { readFileSync } from 'node:fs'
import { type Either, isLeft, isRight } from 'fp-ts/Either'
import type { PolicyProblem } from '../../../src/problem'
import type { BundleKey, BundleVerification, SignatureAlgorithm } from '../../../src/rego/bundle/verification'

const file = (name: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(new URL(`./fixtures/${name}`, import.meta.url)))

const json = <A>(name: string): A => JSON.parse(new TextDecoder().decode(file(name))) as A

/** A bundle that OPA's packages wrote. */
export const bundleFile = (name: string): Uint8Array<ArrayBuffer> => file(`${name}.tar.gz`)

/** How OPA reads a bundle of the folder. */
export interface OpaReading {
  readonly verification?: Omit<BundleVerification, 'keys'>
  readonly error?: string
  readonly revision: string
  readonly roots: readonly string[]
  readonly data: unknown
  readonly policies: readonly string[] | null
  readonly modules: readonly string[] | null
  readonly entrypoints:
    | readonly { readonly path: string; readonly module: string; readonly annotations: readonly unknown[] }[]
    | null
}

/** What OPA makes of each bundle of the folder. */
export const opaReadings = Object.entries(json<Record<string, OpaReading>>('expected.json'))

/** Digests that OPA gives for texts in files of these names. */
export const opaDigests =
  json<readonly { readonly file: string; readonly text: string; readonly algorithm: string; readonly hash: string }[]>(
    'digests.json',
  )

/** The keys of the folder's signatures. */
export const keys: readonly BundleKey[] = Object.entries(
  json<Record<string, { readonly algorithm: SignatureAlgorithm; readonly key: string }>>('keys.json'),
).map(([id, key]) => ({ id, ...key }))

/** The right side; a left one fails the test with its message. */
export const done = <A>(result: Either<PolicyProblem, A>): A => {
  if (isLeft(result)) throw new Error(`${result.left.code}: ${result.left.message}`)
  return result.right
}

/** The code and data of the problem; a right side fails the test. */
export const refusal = <A>(result: Either<PolicyProblem, A>): Pick<PolicyProblem, 'code' | 'data'> => {
  if (isRight(result)) throw new Error('expected a problem')
  const { code, data } = result.left
  return { code, data } as Pick<PolicyProblem, 'code' | 'data'>
}
