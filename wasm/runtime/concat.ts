import { opa_array_append, opa_array_with_cap } from './array'
import { followerOf, IN_SET, keyIn, lengthOf, SET, typeOf } from './layout'
import { replaced_opa_strings_concat } from './opa'
import { firstInOrder } from './order'

/** `concat`: OPA's own for arrays and what is none; the members of a set are given to it in their order. */
export function opa_strings_concat(separator: usize, parts: usize): usize {
  if (typeOf(parts) !== SET) return replaced_opa_strings_concat(separator, parts)
  const members = opa_array_with_cap(lengthOf(parts))
  for (let entry = firstInOrder(parts, IN_SET); entry !== 0; entry = followerOf(entry)) {
    opa_array_append(members, keyIn(entry))
  }
  return replaced_opa_strings_concat(separator, members)
}
