import {
  BUCKET,
  bucketsOf,
  endOfBuckets,
  firstOf,
  followerOf,
  IN_OBJECT,
  IN_SET,
  keyIn,
  lengthOf,
  setFirst,
  setFollower,
  valueIn,
} from './layout'
import { opa_value_compare } from './opa'

// OPA walks objects and sets in the order of their keys; its runtime for WebAssembly walks them in that of their hashes. Here the entries
// are put in order when they are first asked for, each with a pointer to the one behind it.

/** The first entry of an object (`IN_OBJECT`) or a set (`IN_SET`) in the order of keys, or 0. The others follow by `followerOf`. */
export function firstInOrder(table: usize, next: usize): usize {
  const first = firstOf(table)
  return first !== 0 || lengthOf(table) === 0 ? first : putInOrder(table, next)
}

export function opa_value_compare_object(a: usize, b: usize): i32 {
  let left = firstInOrder(a, IN_OBJECT)
  let right = firstInOrder(b, IN_OBJECT)
  for (; left !== 0 && right !== 0; left = followerOf(left), right = followerOf(right)) {
    const keys = opa_value_compare(keyIn(left), keyIn(right))
    if (keys !== 0) return keys
    const values = opa_value_compare(valueIn(left), valueIn(right))
    if (values !== 0) return values
  }
  return <i32>(left !== 0) - <i32>(right !== 0)
}

export function opa_value_compare_set(a: usize, b: usize): i32 {
  let left = firstInOrder(a, IN_SET)
  let right = firstInOrder(b, IN_SET)
  for (; left !== 0 && right !== 0; left = followerOf(left), right = followerOf(right)) {
    const members = opa_value_compare(keyIn(left), keyIn(right))
    if (members !== 0) return members
  }
  return <i32>(left !== 0) - <i32>(right !== 0)
}

/** Up to so many entries are put in order one by one. */
const FEW: usize = 8

function putInOrder(table: usize, next: usize): usize {
  const isShort = lengthOf(table) <= FEW
  let first: usize = 0
  for (let bucket = bucketsOf(table); bucket < endOfBuckets(table); bucket += BUCKET) {
    for (let entry = load<usize>(bucket); entry !== 0; entry = load<usize>(entry + next)) {
      if (isShort) first = inserted(entry, first)
      else {
        setFollower(entry, first)
        first = entry
      }
    }
  }
  if (!isShort) first = sorted(first)
  setFirst(table, first)
  return first
}

function isBehind(entry: usize, other: usize): bool {
  return opa_value_compare(keyIn(entry), keyIn(other)) > 0
}

/** Puts an entry among those from `first` on, which are in order. Gives the first. */
function inserted(entry: usize, first: usize): usize {
  if (first === 0 || isBehind(first, entry)) {
    setFollower(entry, first)
    return entry
  }
  let before = first
  let after = followerOf(before)
  while (after !== 0 && isBehind(entry, after)) {
    before = after
    after = followerOf(before)
  }
  setFollower(entry, after)
  setFollower(before, entry)
  return first
}

/** Sorts the entries from `list` on by merging runs, each pass runs of twice the length. Gives the first. */
function sorted(list: usize): usize {
  let first = list
  let merges = 2
  for (let run: u32 = 1; merges > 1; run *= 2) {
    let left = first
    let last: usize = 0
    merges = 0
    first = 0
    while (left !== 0) {
      merges += 1
      let right = left
      let lefts: u32 = 0
      while (lefts < run && right !== 0) {
        lefts += 1
        right = followerOf(right)
      }
      let rights = run
      while (lefts > 0 || (rights > 0 && right !== 0)) {
        let entry = right
        if (lefts > 0 && (rights === 0 || right === 0 || isBehind(right, left))) {
          entry = left
          left = followerOf(left)
          lefts -= 1
        } else {
          right = followerOf(right)
          rights -= 1
        }
        if (last === 0) first = entry
        else setFollower(last, entry)
        last = entry
      }
      left = right
    }
    setFollower(last, 0)
  }
  return first
}
