import { BuiltinRefusal, type Family } from '../builtin'
import { unsigned } from './big-endian'
import { isInt64 } from './int64'
import { int64Operand, stringOperand } from './operand'

/** `rand.intn`, of the evaluation's seed: the same for the same key and bound. Source: OPA's policy reference, section "Numbers". */
export const rand: Family = {
  'rand.intn': ({ random, memo }, key, bound) => {
    const name = stringOperand(key, 1)
    const limit = int64Operand(bound, 2)
    if (limit === 0n) return 0
    const size = limit < 0n ? -limit : limit
    if (!isInt64(size)) throw new BuiltinRefusal('the bound is beyond 64 bits')
    const place = `rand.intn ${size} ${name}`
    // Twice the bits that a bound has, so that no value is likelier than another to any measure.
    const number = memo.get(place) ?? unsigned(random(16)) % size
    memo.set(place, number)
    return number
  },
}
