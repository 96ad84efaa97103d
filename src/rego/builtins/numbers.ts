import { BuiltinRefusal, type Family } from '../builtin'
import { integerOperand } from './operand'

// What no module could hold anyway must not exhaust the host first.
const MOST = 10_000_000n

/** From one number to another, upwards or downwards, the last one only where a step falls on it. */
const range = (from: bigint, to: bigint, step: bigint): readonly bigint[] => {
  const numbers: bigint[] = []
  if (from <= to) for (let at = from; at <= to; at += step) numbers.push(at)
  else for (let at = from; at >= to; at -= step) numbers.push(at)
  return numbers
}

/** `numbers.range_step`. Source: OPA's policy reference, section "Numbers". */
export const numbers: Family = {
  'numbers.range_step': (_context, from, to, step) => {
    const [first, last, by] = [integerOperand(from, 1), integerOperand(to, 2), integerOperand(step, 3)]
    if (by <= 0n) throw new BuiltinRefusal('the step must be a positive integer')
    const distance = first < last ? last - first : first - last
    if (distance / by >= MOST) throw new BuiltinRefusal('the range has more than ten million numbers')
    return range(first, last, by)
  },
}
