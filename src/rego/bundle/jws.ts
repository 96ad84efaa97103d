import * as E from 'fp-ts/Either'
import {
  compactVerify,
  decodeJwt,
  decodeProtectedHeader,
  errors,
  importJWK,
  importSPKI,
  importX509,
  type JWK,
} from 'jose'
import { type BundleSignatureFault, type PolicyProblem, problem } from '../../problem'
import type { BundleKey, BundleVerification } from './verification'

const refused = (
  fault: BundleSignatureFault,
  data: { readonly keyId?: string; readonly reason?: string } = {},
): E.Either<PolicyProblem, never> => E.left(problem('policy-bundle-signature', { fault, ...data }))

const reasonOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))

/** The key that a signature names: in its header, or as older versions of OPA did, in its claims. */
const namedKey = (token: string): string | undefined => {
  const { kid } = decodeProtectedHeader(token)
  const named = kid === undefined || kid === '' ? decodeJwt(token)['keyid'] : kid
  return typeof named === 'string' && named !== '' ? named : undefined
}

type VerificationKey = Awaited<ReturnType<typeof importSPKI>> | Uint8Array

const imported = async ({ key, algorithm }: BundleKey): Promise<VerificationKey> => {
  if (typeof key !== 'string') {
    if (key.alg !== undefined && key.alg !== algorithm) throw new Error(`it is a key for ${key.alg}`)
    // The two types differ only in members that the library checks itself.
    return importJWK(key as JWK, algorithm)
  }
  if (algorithm.startsWith('HS')) return new TextEncoder().encode(key)
  const text = key.trim()
  if (text.startsWith('-----BEGIN CERTIFICATE-----')) return importX509(text, algorithm)
  if (text.startsWith('-----BEGIN PUBLIC KEY-----')) return importSPKI(text, algorithm)
  throw new Error('it is neither BEGIN PUBLIC KEY nor BEGIN CERTIFICATE')
}

const faultOf = (cause: unknown): BundleSignatureFault => {
  if (cause instanceof errors.JWSSignatureVerificationFailed) return 'invalid'
  if (cause instanceof errors.JOSEAlgNotAllowed) return 'algorithm'
  return cause instanceof errors.JOSEError ? 'malformed' : 'key-unusable'
}

/** The claims of a signature that one of the keys made, and that key. The key decides on the algorithm, never the signature. */
export const verifiedClaims = async (
  token: string,
  { keys, keyId }: BundleVerification,
): Promise<E.Either<PolicyProblem, { readonly claims: unknown; readonly key: BundleKey }>> => {
  const named = E.tryCatch(() => keyId ?? namedKey(token), reasonOf)
  if (E.isLeft(named)) return refused('malformed', { reason: named.left })
  const id = named.right
  if (id === undefined) return refused('malformed', { reason: 'it names no key' })
  const key = keys.find((one) => one.id === id)
  if (key === undefined) return refused('key-unknown', { keyId: id })
  let usable: VerificationKey
  try {
    usable = await imported(key)
  } catch (cause) {
    return refused('key-unusable', { keyId: id, reason: `${reasonOf(cause)} (for ${key.algorithm})` })
  }
  try {
    const { payload } = await compactVerify(token, usable, { algorithms: [key.algorithm] })
    const claims: unknown = JSON.parse(new TextDecoder().decode(payload))
    return E.right({ claims, key })
  } catch (cause) {
    const fault = cause instanceof SyntaxError ? 'malformed' : faultOf(cause)
    return refused(fault, { keyId: id, reason: reasonOf(cause) })
  }
}
