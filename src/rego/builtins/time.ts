import { BuiltinRefusal, type Family } from '../builtin'
import type { RegoValue } from '../value'

const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:[.,](\d+))?(?:Z|([+-])(\d\d):(\d\d))$/
// The range of OPA's int64 nanoseconds, 1677-09-21 to 2262-04-11.
const LIMIT = 2n ** 63n

// The text itself may be anything, a secret too, and is not repeated.
const refuse = (): never => {
  throw new BuiltinRefusal('the text is not a date and time as RFC 3339 writes it')
}

const daysIn = (year: number, month: number): number => new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate()

/** Nanoseconds since 1970 of an RFC 3339 instant, exact. */
const parseRfc3339 = (text: RegoValue | undefined): bigint => {
  const match = typeof text === 'string' ? RFC3339.exec(text) : null
  if (match === null) return refuse()
  const [, year, month, day, hour, minute, second, fraction = '', sign, zoneHour = '0', zoneMinute = '0'] = match
  const [y, mo, d, h, mi, s] = [year, month, day, hour, minute, second].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  if (mo < 1 || mo > 12 || d < 1 || d > daysIn(y, mo) || h > 23 || mi > 59 || s > 59) return refuse()
  if (Number(zoneHour) > 23 || Number(zoneMinute) > 59) return refuse()
  const date = new Date(0)
  date.setUTCFullYear(y, mo - 1, d)
  date.setUTCHours(h, mi, s)
  const offset = BigInt(Number(zoneHour) * 3600 + Number(zoneMinute) * 60) * (sign === '-' ? -1n : 1n)
  const seconds = BigInt(date.getTime()) / 1000n - offset
  const nanoseconds = seconds * 1_000_000_000n + BigInt(fraction.slice(0, 9).padEnd(9, '0'))
  if (nanoseconds >= LIMIT || nanoseconds < -LIMIT) return refuse()
  return nanoseconds
}

/** `time.*`. Source: OPA's policy reference, section "Time". */
export const time: Family = {
  'time.parse_rfc3339_ns': (_context, text) => parseRfc3339(text),
}
