import { BuiltinRefusal } from '../../builtin'
import { Der, NULL, sameBytes, TAG } from './der'
import { type Algorithm, algorithmOf } from './public-key'

/** Numbers of Go's `x509.SignatureAlgorithm`. */
const NUMBERS: Readonly<Record<string, number>> = {
  '1.2.840.113549.1.1.4': 2,
  '1.2.840.113549.1.1.5': 3,
  '1.3.14.3.2.29': 3,
  '1.2.840.113549.1.1.11': 4,
  '1.2.840.113549.1.1.12': 5,
  '1.2.840.113549.1.1.13': 6,
  '1.2.840.10040.4.3': 7,
  '2.16.840.1.101.3.4.3.2': 8,
  '1.2.840.10045.4.1': 9,
  '1.2.840.10045.4.3.2': 10,
  '1.2.840.10045.4.3.3': 11,
  '1.2.840.10045.4.3.4': 12,
  '1.3.101.112': 16,
}
const UNKNOWN = 0
const ED25519 = '1.3.101.112'
const RSA_PSS = '1.2.840.113549.1.1.10'
const MGF1 = '1.2.840.113549.1.1.8'

/** By hash and length of the salt. */
const PSS_NUMBERS: Readonly<Record<string, number>> = {
  '2.16.840.1.101.3.4.2.1 32': 13,
  '2.16.840.1.101.3.4.2.2 48': 14,
  '2.16.840.1.101.3.4.2.3 64': 15,
}

const isPlain = ({ parameters }: Algorithm): boolean => parameters === undefined || sameBytes(parameters, NULL)

/** RSA-PSS says in its parameters which one it is. */
const pssNumber = (parameters: Uint8Array): number => {
  const sequence = new Der(parameters, 'parameters of RSA-PSS').inside(TAG.sequence)
  const hash = algorithmOf(sequence.inside(TAG.explicit(0)).inside(TAG.sequence))
  const mask = algorithmOf(sequence.inside(TAG.explicit(1)).inside(TAG.sequence))
  const salt = sequence.inside(TAG.explicit(2)).int64()
  const trailer = sequence.optional(TAG.explicit(3))?.int64() ?? 1n
  const maskHash = algorithmOf(new Der(mask.parameters ?? new Uint8Array(), sequence.part).inside(TAG.sequence))
  const isUsual = isPlain(hash) && isPlain(maskHash) && mask.oid === MGF1 && maskHash.oid === hash.oid && trailer === 1n
  return isUsual ? (PSS_NUMBERS[`${hash.oid} ${salt}`] ?? UNKNOWN) : UNKNOWN
}

/** The number that Go gives an algorithm; 0 for one that it does not know. */
export const signatureAlgorithmOf = ({ oid, parameters }: Algorithm): number => {
  if (oid === ED25519 && parameters !== undefined) return UNKNOWN
  if (oid !== RSA_PSS) return NUMBERS[oid] ?? UNKNOWN
  try {
    return pssNumber(parameters ?? new Uint8Array())
  } catch (error) {
    if (error instanceof BuiltinRefusal) return UNKNOWN
    throw error
  }
}
