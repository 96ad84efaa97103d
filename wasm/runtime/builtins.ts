import { opa_array_append, opa_array_with_cap } from './array'
import {
  ARRAY,
  bytesOf,
  CONSTANT_STRING,
  ELEMENT,
  elementsOf,
  lengthOfArray,
  lengthOfString,
  memberIn,
  NUMBER,
  STRING,
  typeOf,
} from './layout'
import {
  opa_boolean,
  opa_malloc,
  opa_number_int,
  opa_object,
  opa_string_allocated,
  opa_value_compare,
  replaced___get_json_paths,
  replaced_builtin_object_union_n,
  replaced_opa_arith_divide,
  replaced_opa_base64_decode,
  replaced_opa_base64_url_decode,
  replaced_opa_json_unmarshal,
  replaced_opa_strings_indexof,
  replaced_opa_strings_replace,
} from './opa'
import { isJson } from './syntax'

// Builtins of OPA's runtime that do harm, or answer otherwise than OPA.

/**
 * `json.is_valid`. OPA's own takes more than JSON, and frees what it parsed; where that is `true` or `false`, the instance answers nothing any more.
 */
export function opa_json_is_valid(text: usize): usize {
  return opa_boolean(isString(text) && isJson(bytesOf(text), lengthOfString(text)))
}

/** `json.unmarshal`. OPA's own takes more than JSON. */
export function opa_json_unmarshal(text: usize): usize {
  return isString(text) && isJson(bytesOf(text), lengthOfString(text)) ? replaced_opa_json_unmarshal(text) : 0
}

/** `/`. OPA's own ends the evaluation where nothing is divided by nothing; for OPA that is undefined, as any division by zero. */
export function opa_arith_divide(dividend: usize, divisor: usize): usize {
  return typeOf(divisor) === NUMBER && opa_value_compare(divisor, opa_number_int(0)) === 0
    ? 0
    : replaced_opa_arith_divide(dividend, divisor)
}

/**
 * `replace`. OPA's own looks for nothing for ever; for OPA it is found before each character and at the end.
 */
export function opa_strings_replace(text: usize, old: usize, replacement: usize): usize {
  if (!isString(text) || !isString(old) || !isString(replacement) || lengthOfString(old) > 0) {
    return replaced_opa_strings_replace(text, old, replacement)
  }
  const length = lengthOfString(text)
  let places: usize = 1
  for (let n: usize = 0; n < length; n += 1) if (beginsCharacter(bytesOf(text) + n)) places += 1
  const size = length + places * lengthOfString(replacement)
  const made = opa_malloc(size + 1)
  let to = made
  for (let n: usize = 0; n < length; n += 1) {
    const at = bytesOf(text) + n
    if (beginsCharacter(at)) to = copied(replacement, to)
    store<u8>(to, load<u8>(at))
    to += 1
  }
  store<u8>(copied(replacement, to), 0)
  return opa_string_allocated(made, size)
}

function isString(value: usize): bool {
  const type = typeOf(value)
  return type === STRING || type === CONSTANT_STRING
}

/** False for the bytes of UTF-8 behind the first of a character. */
function beginsCharacter(at: usize): bool {
  return (load<u8>(at) & 0xc0) !== 0x80
}

/** Copies a text. Gives the place behind it. */
function copied(text: usize, to: usize): usize {
  for (let n: usize = 0; n < lengthOfString(text); n += 1) store<u8>(to + n, load<u8>(bytesOf(text) + n))
  return to + lengthOfString(text)
}

/** The paths of `json.filter` and `json.remove`. OPA's own follows an empty one for ever; for OPA it is none. */
export function __get_json_paths(paths: usize): usize {
  const found = replaced___get_json_paths(paths)
  if (found === 0) return 0
  const kept = opa_array_with_cap(lengthOfArray(found))
  for (let n: usize = 0; n < lengthOfArray(found); n += 1) {
    const path = memberIn(elementsOf(found) + n * ELEMENT)
    if (lengthOfArray(path) > 0) opa_array_append(kept, path)
  }
  return kept
}

/** `indexof`. Nothing is found nowhere: for OPA that is an error. */
export function opa_strings_indexof(text: usize, found: usize): usize {
  return isEmpty(found) ? 0 : replaced_opa_strings_indexof(text, found)
}

/** `base64.decode`. OPA's own has no answer for the empty text, which is what it decodes to, and takes what is none. */
export function opa_base64_decode(text: usize): usize {
  if (isEmpty(text)) return text
  return isBase64(text) ? replaced_opa_base64_decode(text) : 0
}

/** `base64url.decode`, for which padding is as one likes. */
export function opa_base64_url_decode(text: usize): usize {
  return isEmpty(text) ? text : replaced_opa_base64_url_decode(text)
}

/** `base64.is_valid`, as `base64.decode`. */
export function opa_base64_is_valid(text: usize): usize {
  return opa_boolean(isBase64(text))
}

/** `object.union_n`. OPA's own has no answer for no objects. */
export function builtin_object_union_n(objects: usize): usize {
  return typeOf(objects) === ARRAY && lengthOfArray(objects) === 0
    ? opa_object()
    : replaced_builtin_object_union_n(objects)
}

function isEmpty(value: usize): bool {
  return isString(value) && lengthOfString(value) === 0
}

/** True for characters of base64 in fours, the last two of which may be padding; it passes over ends of lines. */
function isBase64(text: usize): bool {
  if (!isString(text)) return false
  let characters: usize = 0
  let padding: usize = 0
  for (let n: usize = 0; n < lengthOfString(text); n += 1) {
    const byte = load<u8>(bytesOf(text) + n)
    if (byte === 0x0a || byte === 0x0d) continue
    characters += 1
    if (byte === 0x3d) padding += 1
    else if (padding > 0 || !isOfBase64(byte)) return false
  }
  return characters % 4 === 0 && padding <= 2
}

function isOfBase64(byte: u8): bool {
  const letter = byte | 0x20
  return (letter >= 0x61 && letter <= 0x7a) || (byte >= 0x30 && byte <= 0x39) || byte === 0x2b || byte === 0x2f
}
