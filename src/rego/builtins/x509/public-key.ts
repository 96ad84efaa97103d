import type { RegoValue } from '../../value'
import { base64Of } from '../base64'
import { unsigned } from '../big-endian'
import { type Bits, Der, NULL, rightAligned, sameBytes, TAG } from './der'

/** An algorithm and its parameters, as an element with tag and length. */
export interface Algorithm {
  readonly oid: string
  readonly parameters: Uint8Array | undefined
}

export const algorithmOf = (der: Der): Algorithm => ({
  oid: der.oid().join('.'),
  parameters: der.isEmpty ? undefined : der.any().whole,
})

/** Numbers of Go's `x509.PublicKeyAlgorithm`. */
export const KEY_ALGORITHMS: Readonly<Record<string, number>> = {
  '1.2.840.113549.1.1.1': 1,
  '1.2.840.10040.4.1': 2,
  '1.2.840.10045.2.1': 3,
  '1.3.101.112': 4,
}

interface Curve {
  readonly bytes: number
  /** y^2 = x^3 - 3x + b modulo p. */
  readonly p: bigint
  readonly b: bigint
}

// FIPS 186-4, D.1.2.
const CURVES: Readonly<Record<string, Curve>> = {
  '1.3.132.0.33': {
    bytes: 28,
    p: 2n ** 224n - 2n ** 96n + 1n,
    b: 0xb4050a850c04b3abf54132565044b0b7d7bfd8ba270b39432355ffb4n,
  },
  '1.2.840.10045.3.1.7': {
    bytes: 32,
    p: 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n,
    b: 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn,
  },
  '1.3.132.0.34': {
    bytes: 48,
    p: 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n,
    b: 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aefn,
  },
  '1.3.132.0.35': {
    bytes: 66,
    p: 2n ** 521n - 1n,
    b: 0x51953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00n,
  },
}

const positive = (der: Der): bigint => {
  const value = der.integer()
  return value > 0n ? value : der.refuse()
}

const rsa = (parameters: Uint8Array | undefined, data: Uint8Array): RegoValue => {
  const key = new Der(data, 'RSA key').inside(TAG.sequence)
  if (parameters === undefined || !sameBytes(parameters, NULL)) key.refuse()
  const modulus = positive(key)
  const exponent = key.int64()
  return exponent > 0n ? { N: modulus, E: exponent } : key.refuse()
}

const dsa = (parameters: Uint8Array | undefined, data: Uint8Array): RegoValue => {
  const y = positive(new Der(data, 'DSA key'))
  const group = new Der(parameters ?? new Uint8Array(), 'DSA parameters').inside(TAG.sequence)
  return { P: positive(group), Q: positive(group), G: positive(group), Y: y }
}

/** A point in its uncompressed form, which must be one of the curve. */
const ecdsa = (parameters: Uint8Array | undefined, data: Uint8Array): RegoValue => {
  const der = new Der(parameters ?? new Uint8Array(), 'ECDSA parameters')
  const { bytes, p, b } = CURVES[der.oid().join('.')] ?? der.refuse()
  const [x, y] = [unsigned(data.subarray(1, 1 + bytes)), unsigned(data.subarray(1 + bytes))]
  const isPoint = x < p && y < p && (y * y - (x * x * x - 3n * x + b)) % p === 0n
  if (data.length !== 1 + 2 * bytes || data[0] !== 4 || !isPoint) der.refuse()
  // Go's curves have no members that JSON shows.
  return { Curve: {}, X: x, Y: y }
}

const ed25519 = (parameters: Uint8Array | undefined, data: Uint8Array): RegoValue =>
  parameters === undefined && data.length === 32 ? base64Of(data) : new Der(data, 'Ed25519 key').refuse()

/** A key as JSON shows what Go makes of it; null for an algorithm that Go does not know. */
export const publicKeyOf = ({ oid, parameters }: Algorithm, key: Bits): RegoValue => {
  const data = rightAligned(key)
  switch (KEY_ALGORITHMS[oid]) {
    case 1:
      return rsa(parameters, data)
    case 2:
      return dsa(parameters, data)
    case 3:
      return ecdsa(parameters, data)
    case 4:
      return ed25519(parameters, data)
    default:
      return null
  }
}
