/** The functions that take the place of those of OPA's runtime with the same names, and where the memory is that they add. */
export {
  END_OF_INDICES,
  INDICES,
  opa_agg_sort,
  opa_array_append,
  opa_array_free,
  opa_array_with_cap,
  opa_malloc_init,
} from './array'
export {
  __get_json_paths,
  builtin_object_union_n,
  opa_arith_divide,
  opa_base64_decode,
  opa_base64_is_valid,
  opa_base64_url_decode,
  opa_json_is_valid,
  opa_json_unmarshal,
  opa_strings_indexof,
  opa_strings_replace,
} from './builtins'
export { opa_strings_concat } from './concat'
export { opa_value_shallow_copy } from './copy'
export { opa_value_hash } from './hash'
export { opa_json_writer_emit_string } from './json'
export { opa_unicode_to_lower, opa_unicode_to_upper } from './letters'
export { opa_value_compare_object, opa_value_compare_set } from './order'
export { __opa_object_insert, opa_object_get, opa_object_remove, opa_set_add, opa_set_get } from './table'
export { opa_value_get, opa_value_iter } from './walk'
