import { opa_agg_sort } from './array'
import { SET, typeOf } from './layout'
import { replaced_opa_strings_concat } from './opa'

/** `concat`: OPA's own, to which the members of a set are given in their order. */
export function opa_strings_concat(separator: usize, parts: usize): usize {
  return replaced_opa_strings_concat(separator, typeOf(parts) === SET ? opa_agg_sort(parts) : parts)
}
