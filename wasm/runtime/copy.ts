import { followerOf, IN_SET, keyIn, lengthOf, SET, typeOf } from './layout'
import { opa_set_with_cap, replaced_opa_value_shallow_copy } from './opa'
import { firstInOrder } from './order'
import { opa_set_add } from './table'

/** A copy with the same members. OPA's own has a walk of its own in it. */
export function opa_value_shallow_copy(value: usize): usize {
  if (typeOf(value) !== SET) return replaced_opa_value_shallow_copy(value)
  const copy = opa_set_with_cap(lengthOf(value))
  for (let entry = firstInOrder(value, IN_SET); entry !== 0; entry = followerOf(entry)) opa_set_add(copy, keyIn(entry))
  return copy
}
