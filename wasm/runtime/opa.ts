/** What OPA's runtime has that is called here. What begins with `replaced_` is what it had in place of a function of this folder. */

export declare function __opa_value_free(value: usize, deep: bool, bulk: bool): void
export declare function opa_boolean(truth: bool): usize
export declare function opa_free(block: usize): void
export declare function opa_free_bulk(block: usize): void
export declare function opa_malloc(size: usize): usize
export declare function opa_number_hash(number: usize): u32
export declare function opa_number_int(integer: i64): usize
export declare function opa_object(): usize
export declare function opa_set_with_cap(capacity: usize): usize
export declare function opa_string_allocated(bytes: usize, length: usize): usize
export declare function opa_value_compare(a: usize, b: usize): i32
export declare function opa_value_free(value: usize): void
export declare function replaced___get_json_paths(paths: usize): usize
export declare function replaced_builtin_object_union_n(objects: usize): usize
export declare function replaced_opa_arith_divide(dividend: usize, divisor: usize): usize
export declare function replaced_opa_base64_decode(text: usize): usize
export declare function replaced_opa_base64_url_decode(text: usize): usize
export declare function replaced_opa_json_unmarshal(text: usize): usize
export declare function replaced_opa_malloc_init(heap: usize): void
export declare function replaced_opa_strings_concat(separator: usize, parts: usize): usize
export declare function replaced_opa_strings_indexof(text: usize, found: usize): usize
export declare function replaced_opa_strings_replace(text: usize, old: usize, replacement: usize): usize
export declare function replaced_opa_unicode_to_lower(letter: i32): i32
export declare function replaced_opa_unicode_to_upper(letter: i32): i32
export declare function replaced_opa_value_get(value: usize, key: usize): usize
export declare function replaced_opa_value_iter(value: usize, key: usize): usize
export declare function replaced_opa_value_shallow_copy(value: usize): usize

/** Gives a block back, at once or with others. */
export function free(block: usize, bulk: bool): void {
  if (bulk) opa_free_bulk(block)
  else opa_free(block)
}
