/**
 * How OPA's runtime lays values out in memory, as its `value.h` has it; the first byte of each is its type. Before what its allocator
 * gives stand two pointers of the list of free blocks (`malloc.h`), which nobody looks at while the block is in use: here they hold what is
 * known of an object, a set or an entry. The allocator makes them 0.
 */

export const BOOLEAN: u8 = 2
export const NUMBER: u8 = 3
export const STRING: u8 = 4
export const ARRAY: u8 = 5
export const OBJECT: u8 = 6
export const SET: u8 = 7
export const CONSTANT_STRING: u8 = 8
export const CONSTANT_BOOLEAN: u8 = 9

const AS_INT64: u8 = 1

export function typeOf(value: usize): u8 {
  return load<u8>(value)
}

export function setType(value: usize, type: u8): void {
  store<u8>(value, type)
}

// -- scalars and arrays -------------------------------------------------------------------------------------------

export function truthOf(boolean: usize): u32 {
  return load<u8>(boolean, 1)
}

/** False where a number is kept as its digits. */
export function isInt64(number: usize): bool {
  return load<u8>(number, 1) === AS_INT64
}

export function int64Of(number: usize): i64 {
  return load<i64>(number, 8)
}

/** What a number takes that is an integer of 64 bits. */
export const INT64_NUMBER: usize = 16

export function setInt64(number: usize, integer: i64): void {
  store<u8>(number, NUMBER)
  store<u8>(number, AS_INT64, 1)
  store<i64>(number, integer, 8)
}

export function lengthOfString(text: usize): usize {
  return load<usize>(text, 4)
}

export function bytesOf(text: usize): usize {
  return load<usize>(text, 8)
}

export const ELEMENT: usize = 8

export function elementsOf(array: usize): usize {
  return load<usize>(array, 4)
}

export function setElements(array: usize, elements: usize): void {
  store<usize>(array, elements, 4)
}

export function lengthOfArray(array: usize): usize {
  return load<usize>(array, 8)
}

export function setLengthOfArray(array: usize, length: usize): void {
  store<usize>(array, length, 8)
}

export function capacityOf(array: usize): usize {
  return load<usize>(array, 12)
}

export function setCapacity(array: usize, capacity: usize): void {
  store<usize>(array, capacity, 12)
}

export function indexIn(element: usize): usize {
  return load<usize>(element)
}

export function setIndex(element: usize, index: usize): void {
  store<usize>(element, index)
}

export function memberIn(element: usize): usize {
  return load<usize>(element, 4)
}

export function setMember(element: usize, member: usize): void {
  store<usize>(element, member, 4)
}

// -- objects and sets ---------------------------------------------------------------------------------------------
// Both are hash tables: buckets, a power of two of them, each a list of entries.

/** Where an entry of an object has the next one of its bucket, and an entry of a set; what tells the two apart here. */
export const IN_OBJECT: usize = 8
export const IN_SET: usize = 4

export const OBJECT_ENTRY: usize = 12
export const SET_ENTRY: usize = 8

export const BUCKET: usize = 4

export function bucketsOf(table: usize): usize {
  return load<usize>(table, 4)
}

export function setBuckets(table: usize, buckets: usize): void {
  store<usize>(table, buckets, 4)
}

export function sizeOf(table: usize): usize {
  return load<usize>(table, 8)
}

export function setSize(table: usize, size: usize): void {
  store<usize>(table, size, 8)
}

export function endOfBuckets(table: usize): usize {
  return bucketsOf(table) + sizeOf(table) * BUCKET
}

export function lengthOf(table: usize): usize {
  return load<usize>(table, 12)
}

export function setLength(table: usize, length: usize): void {
  store<usize>(table, length, 12)
}

/** The key of an object's entry, the member of a set's. */
export function keyIn(entry: usize): usize {
  return load<usize>(entry)
}

export function setKey(entry: usize, key: usize): void {
  store<usize>(entry, key)
}

export function valueIn(entry: usize): usize {
  return load<usize>(entry, 4)
}

export function setValue(entry: usize, value: usize): void {
  store<usize>(entry, value, 4)
}

// -- what is known of them ----------------------------------------------------------------------------------------

/** The entry that is first in order; 0 where they were not put in order since the last change. */
export function firstOf(table: usize): usize {
  return load<usize>(table - 8)
}

export function setFirst(table: usize, entry: usize): void {
  store<usize>(table - 8, entry)
}

/** The entry that a walk last came to, or 0. */
export function lastSeenOf(table: usize): usize {
  return load<usize>(table - 4)
}

export function setLastSeen(table: usize, entry: usize): void {
  store<usize>(table - 4, entry)
}

/** The hash of an entry's key, or 0. */
export function hashKeptIn(entry: usize): u32 {
  return load<u32>(entry - 8)
}

export function keepHash(entry: usize, hash: u32): void {
  store<u32>(entry - 8, hash)
}

/** The entry behind this one in order, or 0. */
export function followerOf(entry: usize): usize {
  return load<usize>(entry - 4)
}

export function setFollower(entry: usize, follower: usize): void {
  store<usize>(entry - 4, follower)
}
