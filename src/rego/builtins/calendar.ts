import { BuiltinRefusal, type Family } from '../builtin'
import { isNumber } from '../number'
import { isRegoArray, type RegoValue } from '../value'
import { daysIn } from './days-in'
import { int64Operand, stringOperand } from './operand'
import { addDate } from './time/add-date'
import { formatTime, type LocalTime, weekday } from './time/format-time'
import { inRange, nanosecondsOf, splitSecond } from './time/nanoseconds'
import { type Zone, zoneNamed } from './time/zone'

/** A time in a zone, and how to write it. */
interface ZonedTime {
  /** Nanoseconds since 1970. */
  readonly nanoseconds: bigint
  readonly zone: Zone
  readonly layout: string
}

/** `ns`, `[ns]`, `[ns, zone]` or `[ns, zone, layout]`. */
const zonedTime = (operand: RegoValue | undefined): ZonedTime => {
  const [nanoseconds, zone = '', layout = ''] = isRegoArray(operand) ? operand : [operand]
  if (!isNumber(nanoseconds)) throw new BuiltinRefusal('a time must be a number or [number, zone, layout]')
  const named = zoneNamed(stringOperand(zone, 1))
  if (named === undefined) throw new BuiltinRefusal('there is no such time zone')
  return { layout: stringOperand(layout, 1), nanoseconds: nanosecondsOf(nanoseconds), zone: named }
}

const localTime = ({ nanoseconds, zone }: Pick<ZonedTime, 'nanoseconds' | 'zone'>): LocalTime => {
  const [unix, fraction] = splitSecond(nanoseconds)
  const { offset, abbreviation } = zone(unix)
  return { reading: new Date((unix + offset) * 1000), nanosecond: Number(fraction), offset, abbreviation }
}

const dateOf = ({ reading }: LocalTime): readonly [year: number, month: number, day: number] => [
  reading.getUTCFullYear(),
  reading.getUTCMonth() + 1,
  reading.getUTCDate(),
]

const clockOf = ({ reading }: LocalTime): readonly [hour: number, minute: number, second: number] => [
  reading.getUTCHours(),
  reading.getUTCMinutes(),
  reading.getUTCSeconds(),
]

/** Years, months, days, hours, minutes and seconds between two times, on the clock of the first. Source: OPA's `time.diff`. */
const difference = (a: ZonedTime, b: ZonedTime): readonly number[] => {
  const [earlier, later] = a.nanoseconds > b.nanoseconds ? [b, a] : [a, b]
  const [from, to] = [earlier, later].map(({ nanoseconds }) => localTime({ nanoseconds, zone: a.zone })) as [
    LocalTime,
    LocalTime,
  ]
  const [start, end] = [from, to].map((time) => [...dateOf(time), ...clockOf(time)])
  const parts = (end ?? []).map((part, at) => part - (start?.[at] ?? 0))
  const [year, month] = dateOf(from)
  // From the second upwards, each part borrows of the one before.
  for (const [at, size] of [
    [5, 60],
    [4, 60],
    [3, 24],
    [2, daysIn(year, month)],
    [1, 12],
  ] as const) {
    const part = parts[at] ?? 0
    if (part >= 0) continue
    parts[at] = part + size
    parts[at - 1] = (parts[at - 1] ?? 0) - 1
  }
  return parts
}

/** `time.*` as far as it needs zones. Source: OPA's policy reference, section "Time". */
export const calendar: Family = {
  'time.format': (_context, time) => {
    const zoned = zonedTime(time)
    return formatTime(localTime(zoned), zoned.layout === '' ? 'RFC3339Nano' : zoned.layout)
  },
  'time.date': (_context, time) => dateOf(localTime(zonedTime(time))),
  'time.clock': (_context, time) => clockOf(localTime(zonedTime(time))),
  'time.weekday': (_context, time) => weekday(localTime(zonedTime(time))),
  'time.add_date': (_context, time, years, months, days) => {
    const { nanoseconds, zone } = zonedTime(time)
    return inRange(addDate(nanoseconds, zone, int64Operand(years, 2), int64Operand(months, 3), int64Operand(days, 4)))
  },
  'time.diff': (_context, a, b) => difference(zonedTime(a), zonedTime(b)),
}
