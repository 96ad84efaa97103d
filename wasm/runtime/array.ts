import {
  ARRAY,
  capacityOf,
  ELEMENT,
  elementsOf,
  followerOf,
  IN_SET,
  INT64_NUMBER,
  indexIn,
  keyIn,
  lengthOf,
  lengthOfArray,
  memberIn,
  SET,
  setCapacity,
  setElements,
  setIndex,
  setInt64,
  setLengthOfArray,
  setMember,
  setType,
  typeOf,
} from './layout'
import {
  __opa_value_free,
  free,
  opa_free,
  opa_malloc,
  opa_number_int,
  opa_value_compare,
  replaced_opa_malloc_init,
} from './opa'
import { firstInOrder } from './order'

// An element has its index as a value beside its member, for walks. The first of them, which nearly all are, are the same for all arrays and stand
// where no evaluation ends them.

const SHARED_INDICES: usize = 64
/** They stand where OPA's runtime has its end, and the heap begins behind them: `link.mjs` sees to that. */
export const INDICES: usize = 119904
export const END_OF_INDICES: usize = INDICES + SHARED_INDICES * INT64_NUMBER

/** Called once an instance. */
export function opa_malloc_init(heap: usize): void {
  for (let n: usize = 0; n < SHARED_INDICES; n += 1) setInt64(INDICES + n * INT64_NUMBER, n)
  replaced_opa_malloc_init(heap)
}

function indexOf(position: usize): usize {
  return position < SHARED_INDICES ? INDICES + position * INT64_NUMBER : opa_number_int(position)
}

/** Room for so many members, in a block of the allocator's own size, once there is one. */
const FIRST_CAPACITY: usize = 8

export function opa_array_with_cap(capacity: usize): usize {
  const array = opa_malloc(16)
  setType(array, ARRAY)
  setLengthOfArray(array, 0)
  setCapacity(array, capacity)
  setElements(array, capacity === 0 ? 0 : opa_malloc(capacity * ELEMENT))
  return array
}

export function opa_array_append(array: usize, member: usize): void {
  const length = lengthOfArray(array)
  if (length >= capacityOf(array)) grow(array)
  const element = elementsOf(array) + length * ELEMENT
  setIndex(element, indexOf(length))
  setMember(element, member)
  setLengthOfArray(array, length + 1)
}

function grow(array: usize): void {
  const capacity = capacityOf(array) === 0 ? FIRST_CAPACITY : capacityOf(array) * 2
  const elements = opa_malloc(capacity * ELEMENT)
  const old = elementsOf(array)
  const size = lengthOfArray(array) * ELEMENT
  for (let at: usize = 0; at < size; at += ELEMENT) store<u64>(elements + at, load<u64>(old + at))
  if (old !== 0) opa_free(old)
  setElements(array, elements)
  setCapacity(array, capacity)
}

/** The element at an index, or 0. */
export function elementAt(array: usize, index: i64): usize {
  return index >= 0 && index < <i64>lengthOfArray(array) ? elementsOf(array) + <usize>index * ELEMENT : 0
}

export function opa_array_free(array: usize, deep: bool, bulk: bool): void {
  const elements = elementsOf(array)
  for (let n: usize = 0; n < lengthOfArray(array); n += 1) {
    const element = elements + n * ELEMENT
    if (n >= SHARED_INDICES) free(indexIn(element), bulk)
    if (deep) __opa_value_free(memberIn(element), deep, bulk)
  }
  if (elements !== 0) free(elements, bulk)
  free(array, bulk)
}

/** `sort`. OPA's own takes the square of the length. */
export function opa_agg_sort(values: usize): usize {
  if (typeOf(values) === SET) {
    const sorted = opa_array_with_cap(lengthOf(values))
    for (let entry = firstInOrder(values, IN_SET); entry !== 0; entry = followerOf(entry)) {
      opa_array_append(sorted, keyIn(entry))
    }
    return sorted
  }
  return typeOf(values) === ARRAY ? sortedArray(values) : 0
}

const POINTER: usize = 4

function sortedArray(array: usize): usize {
  const length = lengthOfArray(array)
  let members = opa_malloc(length * POINTER)
  let merged = opa_malloc(length * POINTER)
  for (let n: usize = 0; n < length; n += 1) {
    store<usize>(members + n * POINTER, memberIn(elementsOf(array) + n * ELEMENT))
  }
  for (let run: usize = 1; run < length; run *= 2) {
    for (let start: usize = 0; start < length; start += run * 2) mergeRuns(members, merged, start, run, length)
    const last = members
    members = merged
    merged = last
  }
  const sorted = opa_array_with_cap(length)
  for (let n: usize = 0; n < length; n += 1) opa_array_append(sorted, load<usize>(members + n * POINTER))
  opa_free(members)
  opa_free(merged)
  return sorted
}

/** Merges two runs that stand one behind the other, from `start` on, into the same place of `to`. */
function mergeRuns(from: usize, to: usize, start: usize, run: usize, length: usize): void {
  const middle = min(start + run, length)
  const end = min(middle + run, length)
  let left = start
  let right = middle
  for (let n = start; n < end; n += 1) {
    const isLeft =
      left < middle &&
      (right >= end || opa_value_compare(load<usize>(from + left * POINTER), load<usize>(from + right * POINTER)) <= 0)
    const taken = isLeft ? left : right
    if (isLeft) left += 1
    else right += 1
    store<usize>(to + n * POINTER, load<usize>(from + taken * POINTER))
  }
}
