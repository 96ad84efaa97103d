import { hashOfKey, opa_value_hash } from './hash'
import {
  BUCKET,
  bucketsOf,
  endOfBuckets,
  IN_OBJECT,
  IN_SET,
  keepHash,
  keyIn,
  lastSeenOf,
  lengthOf,
  OBJECT_ENTRY,
  SET_ENTRY,
  setBuckets,
  setFirst,
  setKey,
  setLastSeen,
  setLength,
  setSize,
  setValue,
  sizeOf,
  valueIn,
} from './layout'
import { __opa_value_free, free, opa_free, opa_malloc, opa_value_compare, opa_value_free } from './opa'

// -- looking up ---------------------------------------------------------------------------------------------------

/** The entry of an object with a key, or 0. */
export function opa_object_get(object: usize, key: usize): usize {
  const last = lastSeenOf(object)
  return last !== 0 && keyIn(last) === key ? last : found(object, IN_OBJECT, key, opa_value_hash(key))
}

/** The entry of a set with a member, or 0. */
export function opa_set_get(set: usize, member: usize): usize {
  const last = lastSeenOf(set)
  if (last !== 0 && keyIn(last) === member) return last
  if (lengthOf(set) > 1) return found(set, IN_SET, member, opa_value_hash(member))
  const only = onlyMember(set)
  return only !== 0 && opa_value_compare(keyIn(only), member) === 0 ? only : 0
}

/** Compares only what has the same hash. */
function found(table: usize, next: usize, key: usize, hash: u32): usize {
  let entry = load<usize>(bucketFor(table, hash))
  for (; entry !== 0; entry = load<usize>(entry + next)) {
    if (keyIn(entry) === key || (hashOfKey(entry) === hash && opa_value_compare(keyIn(entry), key) === 0)) break
  }
  return entry
}

function bucketFor(table: usize, hash: u32): usize {
  return bucketsOf(table) + (<usize>hash & (sizeOf(table) - 1)) * BUCKET
}

/**
 * An only member stands in the first bucket, and its hash is asked for when a second one comes. What an evaluation gives is such a member of
 * the set of results, and a set of findings has often one.
 */
function onlyMember(set: usize): usize {
  return load<usize>(bucketsOf(set))
}

// -- changing -----------------------------------------------------------------------------------------------------

export function __opa_object_insert(object: usize, key: usize, value: usize, freesKnownKey: bool): void {
  const hash = opa_value_hash(key)
  const known = found(object, IN_OBJECT, key, hash)
  if (known !== 0) {
    if (freesKnownKey) opa_value_free(key)
    setValue(known, value)
    return
  }
  const entry = opa_malloc(OBJECT_ENTRY)
  setKey(entry, key)
  setValue(entry, value)
  keepHash(entry, hash)
  add(object, IN_OBJECT, entry)
}

export function opa_set_add(set: usize, member: usize): void {
  const length = lengthOf(set)
  if (length > 1) {
    const hash = opa_value_hash(member)
    if (found(set, IN_SET, member, hash) === 0) add(set, IN_SET, entryWith(member, hash))
  } else if (length === 0) {
    link(bucketsOf(set), IN_SET, entryWith(member, 0))
    changed(set, 1)
  } else {
    const only = onlyMember(set)
    if (opa_value_compare(keyIn(only), member) === 0) return
    store<usize>(bucketsOf(set), 0)
    link(bucketFor(set, hashOfKey(only)), IN_SET, only)
    add(set, IN_SET, entryWith(member, opa_value_hash(member)))
  }
}

function entryWith(member: usize, hash: u32): usize {
  const entry = opa_malloc(SET_ENTRY)
  setKey(entry, member)
  keepHash(entry, hash)
  return entry
}

/** Adds an entry whose key the table does not have. */
function add(table: usize, next: usize, entry: usize): void {
  const length = lengthOf(table) + 1
  // OPA's own load, 0.7.
  if (length * 10 > sizeOf(table) * 7) grow(table, next)
  link(bucketFor(table, hashOfKey(entry)), next, entry)
  changed(table, length)
}

function link(bucket: usize, next: usize, entry: usize): void {
  store<usize>(entry + next, load<usize>(bucket))
  store<usize>(bucket, entry)
}

function changed(table: usize, length: usize): void {
  setLength(table, length)
  setFirst(table, 0)
  setLastSeen(table, 0)
}

function grow(table: usize, next: usize): void {
  const old = bucketsOf(table)
  const end = endOfBuckets(table)
  const size = sizeOf(table) * 2
  const buckets = opa_malloc(size * BUCKET)
  for (let bucket = buckets; bucket < buckets + size * BUCKET; bucket += BUCKET) store<usize>(bucket, 0)
  setBuckets(table, buckets)
  setSize(table, size)
  for (let bucket = old; bucket < end; bucket += BUCKET) {
    let entry = load<usize>(bucket)
    while (entry !== 0) {
      const after = load<usize>(entry + next)
      link(bucketFor(table, hashOfKey(entry)), next, entry)
      entry = after
    }
  }
  opa_free(old)
}

export function opa_object_remove(object: usize, key: usize, bulk: bool): void {
  let place = bucketFor(object, opa_value_hash(key))
  for (let entry = load<usize>(place); entry !== 0; entry = load<usize>(place)) {
    if (opa_value_compare(keyIn(entry), key) === 0) {
      store<usize>(place, load<usize>(entry + IN_OBJECT))
      changed(object, lengthOf(object) - 1)
      __opa_value_free(keyIn(entry), true, bulk)
      __opa_value_free(valueIn(entry), true, bulk)
      free(entry, bulk)
      return
    }
    place = entry + IN_OBJECT
  }
}
