import { isRegoArray, isRegoObject, type RegoValue } from '../../../value'
import { latin1Bytes } from '../../latin1'
import { fromByteString, wellFormedText } from '../../utf8'
import { refuseBeyond, refuseIndex, refuseKey, refuseStep } from './invalid-schema'

const INDEX = /^[+-]?\d+$/

const elementOf = (array: readonly RegoValue[], token: string): RegoValue => {
  const index = INDEX.test(token) ? BigInt(token.replace(/^\+/, '')) : undefined
  if (index === undefined || BigInt.asIntN(64, index) !== index) return refuseIndex(fromByteString(token))
  return index < 0n ? refuseBeyond(array.length, index) : (array[Number(index)] ?? beyond(array, index))
}

// An element may be null.
const beyond = (array: readonly RegoValue[], index: bigint): RegoValue =>
  index < BigInt(array.length) ? null : refuseBeyond(array.length, index)

const partOf = (value: RegoValue, token: string): RegoValue => {
  if (isRegoArray(value)) return elementOf(value, token)
  if (!isRegoObject(value)) return refuseStep(fromByteString(token))
  const written = token.replaceAll('~1', '/').replaceAll('~0', '~')
  // A key is a text, so bytes that are no UTF-8 are the key of nothing.
  const key = wellFormedText(latin1Bytes(written))
  const part = key !== undefined && Object.hasOwn(value, key) ? value[key] : undefined
  return part === undefined ? refuseKey(fromByteString(written)) : part
}

/**
 * The part of a document that a fragment points to, which is a byte string; all of it where the fragment is no JSON pointer. Source: Go's
 * `gojsonpointer`.
 *
 * @throws `InvalidSchema` where there is no such part.
 */
export const pointed = (document: RegoValue, fragment: string): RegoValue =>
  fragment.startsWith('/') ? fragment.slice(1).split('/').reduce(partOf, document) : document
