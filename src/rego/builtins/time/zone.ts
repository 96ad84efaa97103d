import { daysIn } from '../days-in'
import { ZONES } from './zones.generated'

/** A stretch of time in which a zone has one offset. */
export interface Period {
  /** Seconds east of UTC. */
  readonly offset: number
  /** `CET`, `+03`, `LMT`. */
  readonly abbreviation: string
  /** Seconds since 1970 at which the offset begins and ends; infinite where it always was or will be. */
  readonly start: number
  readonly end: number
}

/** A time zone: which period a time, in seconds since 1970, falls into. */
export type Zone = (unix: number) => Period

const ALWAYS_UTC: Period = { offset: 0, abbreviation: 'UTC', start: -Infinity, end: Infinity }

export const UTC: Zone = () => ALWAYS_UTC

/**
 * A zone by its name in the IANA database, letter case included; undefined where there is none. The host's local zone is UTC.
 * Source: Go's `time.LoadLocation` in OPA's own WASI build.
 */
export const zoneNamed = (name: string): Zone | undefined => {
  if (name === '' || name === 'UTC' || name === 'Local') return UTC
  const line = lines().get(name)
  if (line === undefined) return undefined
  const zone = read.get(line) ?? zoneOf(line)
  read.set(line, zone)
  return zone
}

let byName: ReadonlyMap<string, string> | undefined

const lines = (): ReadonlyMap<string, string> => {
  byName ??= new Map(
    ZONES.trim()
      .split('\n')
      .flatMap((line) =>
        line
          .slice(0, line.indexOf('|'))
          .split(' ')
          .map((name) => [name, line] as const),
      ),
  )
  return byName
}

/** Zones once read; there are no more than the table has. */
const read = new Map<string, Zone>()

type Type = Pick<Period, 'offset' | 'abbreviation'>

const typeOf = (text: string): Type => {
  const [offset = '', abbreviation = ''] = text.split(' ')
  return { offset: Number(offset), abbreviation }
}

const secondsOf = (distance: string): number =>
  distance.endsWith('!') ? Number.parseInt(distance, 36) : Number.parseInt(distance, 36) * 900

const zoneOf = (line: string): Zone => {
  const [, typeTexts = '', distances = '', indices = '', rule = ''] = line.split('|')
  const types = typeTexts.split(',').map(typeOf)
  let last = 0
  const times = distances === '' ? [] : distances.split(' ').map((distance) => (last += secondsOf(distance)))
  const after = ruleOf(rule)
  return (unix) => {
    let [low, high] = [0, times.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (unix < (times[middle] ?? Infinity)) high = middle
      else low = middle + 1
    }
    const start = times[low - 1] ?? -Infinity
    const ruled = low === times.length ? after?.(unix, start) : undefined
    const type = types[Number.parseInt(indices.charAt(low), 36)]
    return ruled ?? { ...(type ?? ALWAYS_UTC), start, end: times[low] ?? Infinity }
  }
}

const RULE =
  /^(<[^>]+>|[A-Za-z]+)([-+\d:]+)(?:(<[^>]+>|[A-Za-z]+)([-+\d:]+)?,M(\d+)\.(\d)\.(\d)(?:\/([-\d:]+))?,M(\d+)\.(\d)\.(\d)(?:\/([-\d:]+))?)?$/

/** `5`, `-9:30` and `3:04:05` in seconds. */
const clockOf = (text: string): number => {
  const [hours = 0, minutes = 0, seconds = 0] = text.replace(/^[-+]/, '').split(':').map(Number)
  return (hours * 3600 + minutes * 60 + seconds) * (text.startsWith('-') ? -1 : 1)
}

/** `M3.5.0`: the day of a week of a month; the fifth is the last. In seconds since 1970, at midnight. */
const dayOf = (year: number, month: number, week: number, weekday: number): number => {
  const first = 1 + ((weekday - new Date(Date.UTC(year, month - 1, 1)).getUTCDay() + 7) % 7)
  const day = first + 7 * (week - 1)
  return Date.UTC(year, month - 1, day > daysIn(year, month) ? day - 7 : day) / 1000
}

const YEAR = 365 * 86_400

/** What a zone does after its last transition. Source: POSIX's TZ, as Go's `tzset` reads it, years being those of UTC. */
const ruleOf = (rule: string): ((unix: number, last: number) => Period) | undefined => {
  const match = RULE.exec(rule)
  if (match === null) return undefined
  const [, name = '', west = '', summerName, summerWest, ...times] = match
  const winter: Type = { offset: -clockOf(west), abbreviation: name.replace(/[<>]/g, '') }
  if (summerName === undefined) return (_unix, last) => ({ ...winter, start: last, end: Infinity })
  const summer: Type = {
    offset: summerWest === undefined ? winter.offset + 3600 : -clockOf(summerWest),
    abbreviation: summerName.replace(/[<>]/g, ''),
  }
  const [
    month = '',
    week = '',
    weekday = '',
    clock = '2',
    endMonth = '',
    endWeek = '',
    endWeekday = '',
    endClock = '2',
  ] = times
  return (unix) => {
    const year = new Date(unix * 1000).getUTCFullYear()
    const yearStart = Date.UTC(year, 0, 1) / 1000
    const toSummer = dayOf(year, Number(month), Number(week), Number(weekday)) + clockOf(clock) - winter.offset
    const toWinter =
      dayOf(year, Number(endMonth), Number(endWeek), Number(endWeekday)) + clockOf(endClock) - summer.offset
    const southern = toWinter < toSummer
    const [first, second] = southern ? [toWinter, toSummer] : [toSummer, toWinter]
    const [outer, inner] = southern ? [summer, winter] : [winter, summer]
    if (unix < first) return { ...outer, start: yearStart, end: first }
    if (unix >= second) return { ...outer, start: second, end: yearStart + YEAR }
    return { ...inner, start: first, end: second }
  }
}
