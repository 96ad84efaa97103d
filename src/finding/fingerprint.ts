import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { isArray, isObject, type Json, type JsonObject, type Path } from '../json'
import type { ResourceIdentity } from './finding'

const LENGTH = 32

const sorted = (value: Json): Json => {
  if (isArray(value)) return value.map(sorted)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key] ?? null)]),
  )
}

/**
 * SHA-256, cut to 32 hexadecimal digits, of control, resource, args, and path without list positions: a container that moves in
 * its list keeps its fingerprint. The ordinal tells apart findings that are otherwise alike.
 */
export const fingerprint = (
  controlId: string,
  resource: ResourceIdentity,
  path: Path,
  args: JsonObject,
  ordinal: number,
): string => {
  const keys = path.filter((segment) => typeof segment === 'string')
  const text = JSON.stringify(sorted([controlId, { ...resource }, keys, args, ordinal]))
  return bytesToHex(sha256(utf8ToBytes(text))).slice(0, LENGTH)
}
