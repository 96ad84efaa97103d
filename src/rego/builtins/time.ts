import { BuiltinRefusal, type Family } from '../builtin'
import { stringOperand } from './operand'
import { parseDuration } from './time/duration'
import { inRange } from './time/nanoseconds'
import { parseTime } from './time/parse-time'

const parseRfc3339 = (text: string): bigint => {
  try {
    return parseTime('RFC3339', text)
  } catch (error) {
    if (!(error instanceof BuiltinRefusal)) throw error
    throw new BuiltinRefusal('the text is not a date and time as RFC 3339 writes it')
  }
}

/** `time.*` as far as it needs no zones; `calendar` has the rest. Source: OPA's policy reference, section "Time". */
export const time: Family = {
  'time.now_ns': ({ now }) => {
    if (now === undefined) throw new BuiltinRefusal('the time is not known: `now` was not given')
    return now
  },
  'time.parse_ns': (_context, layout, text) => inRange(parseTime(stringOperand(layout, 1), stringOperand(text, 2))),
  'time.parse_rfc3339_ns': (_context, text) => inRange(parseRfc3339(stringOperand(text, 1))),
  'time.parse_duration_ns': (_context, text) => parseDuration(stringOperand(text, 1)),
}
