import { BuiltinRefusal, type Family, type SuppliedBuiltin } from '../builtin'
import { isRegoArray, RegoSet, type RegoValue, typeName } from '../value'

/** A cast that only lets values of its own type pass. */
const only =
  (type: ReturnType<typeof typeName>): SuppliedBuiltin =>
  (_context, value) => {
    if (value === undefined || typeName(value) !== type) throw new BuiltinRefusal(`operand 1 must be ${type}`)
    return value
  }

const members = (value: RegoValue | undefined): readonly RegoValue[] => {
  if (value instanceof RegoSet) return value.members
  if (!isRegoArray(value)) throw new BuiltinRefusal('operand 1 must be array or set')
  return value
}

/** `cast_*`, which OPA has deprecated. Source: OPA's `topdown/casts.go`. */
export const cast: Family = {
  cast_array: (_context, value) => members(value),
  cast_boolean: only('boolean'),
  cast_null: only('null'),
  cast_object: only('object'),
  cast_set: (_context, value) => new RegoSet(members(value)),
  cast_string: only('string'),
}
