import {
  ARRAY,
  BOOLEAN,
  BUCKET,
  bucketsOf,
  bytesOf,
  CONSTANT_BOOLEAN,
  CONSTANT_STRING,
  ELEMENT,
  elementsOf,
  endOfBuckets,
  hashKeptIn,
  IN_OBJECT,
  IN_SET,
  int64Of,
  isInt64,
  keepHash,
  keyIn,
  lengthOfArray,
  lengthOfString,
  memberIn,
  NUMBER,
  OBJECT,
  SET,
  STRING,
  truthOf,
  typeOf,
  valueIn,
} from './layout'
import { opa_number_hash } from './opa'

/** Equal values have equal hashes, those of strings at eight bytes a step. Never 0, which stands for a hash that is not known. */
export function opa_value_hash(value: usize): u32 {
  const hash = hashOf(value)
  return hash === 0 ? 1 : hash
}

/** The hash of an entry's key, which is kept. */
export function hashOfKey(entry: usize): u32 {
  const kept = hashKeptIn(entry)
  if (kept !== 0) return kept
  const hash = opa_value_hash(keyIn(entry))
  keepHash(entry, hash)
  return hash
}

function hashOf(value: usize): u32 {
  const type = typeOf(value)
  if (type === STRING || type === CONSTANT_STRING) return hashOfBytes(bytesOf(value), lengthOfString(value))
  if (type === NUMBER) return isInt64(value) ? hashOfInt64(int64Of(value)) : opa_number_hash(value)
  if (type === OBJECT) return hashOfObject(value)
  if (type === ARRAY) return hashOfArray(value)
  if (type === SET) return hashOfSet(value)
  return type === BOOLEAN || type === CONSTANT_BOOLEAN ? 2 + truthOf(value) : 1
}

/** 2^64 by the golden ratio, made odd: what multiplicative hashing is done with. */
const GOLDEN: u64 = 0x9e3779b97f4a7c15

function mixed(state: u64, word: u64): u64 {
  const product = (state ^ word) * GOLDEN
  return product ^ (product >> 32)
}

function hashOfBytes(start: usize, length: usize): u32 {
  const end = start + length
  let state = mixed(GOLDEN, length)
  let at = start
  for (; at + 8 <= end; at += 8) state = mixed(state, load<u64>(at))
  // What is left is read twice in part rather than a byte at a time.
  const left = end - at
  if (left >= 4) {
    state = mixed(state, ((<u64>load<u32>(end - 4)) << 32) | load<u32>(at))
  } else if (left > 0) {
    state = mixed(state, ((<u64>load<u8>(end - 1)) << 16) | ((<u64>load<u8>(at + left / 2)) << 8) | load<u8>(at))
  }
  return <u32>state
}

const FNV_OFFSET: u32 = 0x811c9dc5
const FNV_PRIME: u32 = 0x01000193

/** As `opa_number_hash`: FNV-1a over the nearest double, since `1` and `1.0` are equal. */
function hashOfInt64(integer: i64): u32 {
  let bits = reinterpret<u64>(<f64>integer)
  let hash = FNV_OFFSET
  for (let byte = 0; byte < 8; byte += 1) {
    hash = (hash * FNV_PRIME) ^ (<u32>bits & 0xff)
    bits >>= 8
  }
  return hash
}

const GOLDEN_32: u32 = 0x9e3779b1
const ODD: u32 = 0x85ebca77

function spread(hash: u32): u32 {
  const product = hash * ODD
  return product ^ (product >> 15)
}

function hashOfArray(array: usize): u32 {
  let hash: u32 = GOLDEN_32
  let element = elementsOf(array)
  const end = element + lengthOfArray(array) * ELEMENT
  for (; element < end; element += ELEMENT) hash = spread((hash * GOLDEN_32) ^ opa_value_hash(memberIn(element)))
  return hash
}

// Equal tables may have their entries in another order, so these add up.

function hashOfObject(object: usize): u32 {
  let hash: u32 = OBJECT
  for (let bucket = bucketsOf(object); bucket < endOfBuckets(object); bucket += BUCKET) {
    for (let entry = load<usize>(bucket); entry !== 0; entry = load<usize>(entry + IN_OBJECT)) {
      hash += spread(hashOfKey(entry) * GOLDEN_32 + opa_value_hash(valueIn(entry)))
    }
  }
  return hash
}

function hashOfSet(set: usize): u32 {
  let hash: u32 = SET
  for (let bucket = bucketsOf(set); bucket < endOfBuckets(set); bucket += BUCKET) {
    for (let entry = load<usize>(bucket); entry !== 0; entry = load<usize>(entry + IN_SET)) {
      hash += spread(hashOfKey(entry))
    }
  }
  return hash
}
