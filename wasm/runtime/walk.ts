import { elementAt } from './array'
import {
  ARRAY,
  followerOf,
  IN_OBJECT,
  IN_SET,
  indexIn,
  int64Of,
  isInt64,
  keyIn,
  memberIn,
  NUMBER,
  OBJECT,
  SET,
  setLastSeen,
  typeOf,
  valueIn,
} from './layout'
import { replaced_opa_value_get, replaced_opa_value_iter } from './opa'
import { firstInOrder } from './order'
import { opa_object_get, opa_set_get } from './table'

// A walk asks for the key behind a key, and then for what stands under it. An object or set remembers where the walk is, so neither is looked
// up; where two walks over one take turns, they are.

/** The key behind one, or the first; 0 behind the last and of what has no keys. */
export function opa_value_iter(value: usize, key: usize): usize {
  const type = value === 0 ? 0 : typeOf(value)
  if (type === OBJECT) {
    return keyOfSeen(
      value,
      key === 0 ? firstInOrder(value, IN_OBJECT) : behind(value, IN_OBJECT, opa_object_get(value, key)),
    )
  }
  if (type === SET) {
    return keyOfSeen(value, key === 0 ? firstInOrder(value, IN_SET) : behind(value, IN_SET, opa_set_get(value, key)))
  }
  if (type === ARRAY && (key === 0 || (typeOf(key) === NUMBER && isInt64(key)))) {
    const element = elementAt(value, key === 0 ? 0 : int64Of(key) + 1)
    return element === 0 ? 0 : indexIn(element)
  }
  return replaced_opa_value_iter(value, key)
}

/** What stands under a key, or 0. */
export function opa_value_get(value: usize, key: usize): usize {
  const type = value === 0 ? 0 : typeOf(value)
  if (type === OBJECT) {
    const entry = opa_object_get(value, key)
    return entry === 0 ? 0 : valueIn(entry)
  }
  if (type === SET) {
    const entry = opa_set_get(value, key)
    return entry === 0 ? 0 : keyIn(entry)
  }
  if (type === ARRAY && typeOf(key) === NUMBER && isInt64(key)) {
    const element = elementAt(value, int64Of(key))
    return element === 0 ? 0 : memberIn(element)
  }
  return replaced_opa_value_get(value, key)
}

/** The entry behind one; where the table changed since they were put in order, they are first. */
function behind(table: usize, next: usize, entry: usize): usize {
  if (entry === 0) return 0
  firstInOrder(table, next)
  return followerOf(entry)
}

function keyOfSeen(table: usize, entry: usize): usize {
  setLastSeen(table, entry)
  return entry === 0 ? 0 : keyIn(entry)
}
