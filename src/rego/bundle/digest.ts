import { md5, sha1 } from '@noble/hashes/legacy.js'
import { sha224, sha256, sha384, sha512, sha512_224, sha512_256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { plainJsonText } from '../builtins/json-text'
import type { RegoValue } from '../value'

const HASHES = {
  MD5: md5,
  'SHA-1': sha1,
  'SHA-224': sha224,
  'SHA-256': sha256,
  'SHA-384': sha384,
  'SHA-512': sha512,
  'SHA-512-224': sha512_224,
  'SHA-512-256': sha512_256,
} as const

/** A hash that a bundle's signature may use for a file. */
export type DigestAlgorithm = keyof typeof HASHES

/** True for the name of a known hash. */
export const isDigestAlgorithm = (name: string): name is DigestAlgorithm => Object.hasOwn(HASHES, name)

/** The digest of bytes in hexadecimal, lower case. */
export const digestOf = (algorithm: DigestAlgorithm, bytes: Uint8Array): string => bytesToHex(HASHES[algorithm](bytes))

/** The digest of a structured file's value: over compact JSON, keys in order, numbers as they were written. */
export const digestOfValue = (algorithm: DigestAlgorithm, value: RegoValue): string =>
  digestOf(algorithm, utf8ToBytes(plainJsonText(value)))
