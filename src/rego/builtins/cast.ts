import type { Family, SuppliedBuiltin } from '../builtin'
import { RegoSet, typeName } from '../value'
import { membersOperand, refuseOperand } from './operand'

/** A cast that only lets values of its own type pass. */
const only =
  (type: ReturnType<typeof typeName>): SuppliedBuiltin =>
  (_context, value) =>
    value === undefined || typeName(value) !== type ? refuseOperand(1, type, value) : value

/** `cast_*`, which OPA has deprecated. Source: OPA's `topdown/casts.go`. */
export const cast: Family = {
  cast_array: (_context, value) => membersOperand(value, 1),
  cast_boolean: only('boolean'),
  cast_null: only('null'),
  cast_object: only('object'),
  cast_set: (_context, value) => new RegoSet(membersOperand(value, 1)),
  cast_string: only('string'),
}
