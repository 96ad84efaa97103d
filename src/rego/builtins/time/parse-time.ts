import { BuiltinRefusal } from '../../builtin'
import { daysIn } from '../days-in'
import { byteString } from '../utf8'
import { fractionDigits, isFraction, layoutPieces, MONTHS, WEEKDAYS } from './layout'
import { SECOND } from './nanoseconds'

/** What has been read so far. Fields that no element gave are absent, or what Go takes for them. */
interface Fields {
  rest: string
  year: number
  month?: number
  day?: number
  yearDay?: number
  hour: number
  minute: number
  second: number
  nanosecond: number
  am: boolean
  pm: boolean
  utc: boolean
  /** Seconds east of UTC. */
  offset?: number
}

/**
 * Nanoseconds since 1970 of a time that a layout describes. Of zone names only UTC has a meaning; others are read as UTC.
 * Source: Go's `time.Parse` with UTC as local zone.
 *
 * @throws `BuiltinRefusal` where the text is not as the layout says.
 */
export const parseTime = (layout: string, text: string): bigint => {
  const fields: Fields = {
    rest: byteString(text),
    year: 0,
    hour: 0,
    minute: 0,
    second: 0,
    nanosecond: 0,
    am: false,
    pm: false,
    utc: false,
  }
  // Lengths are in bytes.
  const pieces = layoutPieces(byteString(layout))
  for (const [at, { literal, element }] of pieces.entries()) {
    skipLiteral(fields, literal)
    if (element === undefined) break
    if (isFraction(element)) readFraction(fields, element)
    else (ELEMENTS[element] ?? readOffset)(fields, element, pieces[at + 1]?.element)
  }
  return fields.rest === '' ? instantOf(fields) : refuse()
}

// The text itself may be anything, a secret too, and is not repeated.
const refuse = (): never => {
  throw new BuiltinRefusal('the text is no time of the layout')
}

/** Runs of spaces in the layout stand for any number of them. */
const skipLiteral = (fields: Fields, literal: string): void => {
  for (const part of literal.match(/ +|[^ ]+/g) ?? []) {
    if (part.startsWith(' ')) {
      if (fields.rest !== '' && !fields.rest.startsWith(' ')) refuse()
      fields.rest = fields.rest.replace(/^ +/, '')
    } else {
      if (!fields.rest.startsWith(part)) refuse()
      fields.rest = fields.rest.slice(part.length)
    }
  }
}

const take = (fields: Fields, length: number): string => {
  if (fields.rest.length < length) refuse()
  const taken = fields.rest.slice(0, length)
  fields.rest = fields.rest.slice(length)
  return taken
}

const takeMatch = (fields: Fields, pattern: RegExp): string =>
  take(fields, pattern.exec(fields.rest)?.[0].length ?? refuse())

const takeNumber = (fields: Fields, pattern: RegExp, from: number, to: number): number => {
  const number = Number(takeMatch(fields, pattern))
  return number < from || number > to ? refuse() : number
}

/** A number with an optional sign, nothing being zero. */
const signed = (text: string): number =>
  /^[+-]?\d*$/.test(text) ? Number(text.replace(/^[+-]/, '') || 0) * (text.startsWith('-') ? -1 : 1) : refuse()

/** A name out of a list, of which `length` letters count, in any letter case. */
const takeName = (fields: Fields, names: readonly string[], length?: number): number => {
  const found = names.findIndex((name) => {
    const short = name.slice(0, length)
    return fields.rest.slice(0, short.length).toLowerCase() === short.toLowerCase()
  })
  take(fields, names[found]?.slice(0, length).length ?? refuse())
  return found
}

const ONE_OR_TWO = /^\d\d?/
const TWO = /^\d\d/

type Read = (fields: Fields, element: string, next: string | undefined) => void

const readMonth: Read = (fields, element) => {
  fields.month = takeName(fields, MONTHS, element === 'Jan' ? 3 : undefined) + 1
}
const readMonthNumber: Read = (fields, element) => {
  fields.month = takeNumber(fields, element === '01' ? TWO : ONE_OR_TWO, 1, 12)
}
const readWeekday: Read = (fields, element) => {
  takeName(fields, WEEKDAYS, element === 'Mon' ? 3 : undefined)
}
const readDay: Read = (fields, element) => {
  if (element === '_2') fields.rest = fields.rest.replace(/^ /, '')
  fields.day = takeNumber(fields, element === '02' ? TWO : ONE_OR_TWO, 0, 99)
}
const readYearDay: Read = (fields, element) => {
  if (element === '__2') fields.rest = fields.rest.replace(/^ {1,2}/, '')
  fields.yearDay = takeNumber(fields, element === '002' ? /^\d\d\d/ : /^\d{1,3}/, 0, 999)
}
const readHour12: Read = (fields, element) => {
  fields.hour = takeNumber(fields, element === '03' ? TWO : ONE_OR_TWO, 0, 12)
}
const readMinute: Read = (fields, element) => {
  fields.minute = takeNumber(fields, element === '04' ? TWO : ONE_OR_TWO, 0, 59)
}
const readSecond: Read = (fields, element, next) => {
  fields.second = takeNumber(fields, element === '05' ? TWO : ONE_OR_TWO, 0, 59)
  // A fraction may follow that the layout does not mention.
  if (!isFraction(next) && /^[.,]\d/.test(fields.rest)) fields.nanosecond = nanoseconds(takeMatch(fields, /^[.,]\d+/))
}
const readHalf: Read = (fields, element) => {
  const half = take(fields, 2)
  const [am, pm] = element === 'PM' ? ['AM', 'PM'] : ['am', 'pm']
  if (half === am) fields.am = true
  else if (half === pm) fields.pm = true
  else refuse()
}
const readZoneName: Read = (fields) => {
  if (fields.rest.startsWith('UTC')) {
    fields.utc = true
    take(fields, 3)
  } else take(fields, zoneNameLength(fields.rest))
}

const ELEMENTS: Readonly<Record<string, Read>> = {
  '2006': (fields) => {
    fields.year = Number(/^\d{4}$/.exec(take(fields, 4))?.[0] ?? refuse())
  },
  '06': (fields) => {
    const year = signed(take(fields, 2))
    fields.year = year >= 69 ? 1900 + year : 2000 + year
  },
  January: readMonth,
  Jan: readMonth,
  '1': readMonthNumber,
  '01': readMonthNumber,
  Monday: readWeekday,
  Mon: readWeekday,
  '2': readDay,
  _2: readDay,
  '02': readDay,
  __2: readYearDay,
  '002': readYearDay,
  '15': (fields) => {
    fields.hour = takeNumber(fields, ONE_OR_TWO, 0, 23)
  },
  '3': readHour12,
  '03': readHour12,
  '4': readMinute,
  '04': readMinute,
  '5': readSecond,
  '05': readSecond,
  PM: readHalf,
  pm: readHalf,
  MST: readZoneName,
}

/** Nanoseconds of a fraction with its point or comma; digits after the ninth do not count. */
const nanoseconds = (fraction: string): number => {
  const digits = fraction.slice(1, 10)
  const value = signed(digits)
  return value < 0 || !/^[.,]/.test(fraction) ? refuse() : value * 10 ** (9 - digits.length)
}

const readFraction = (fields: Fields, element: string): void => {
  if (element.charAt(1) === '0') fields.nanosecond = nanoseconds(take(fields, 1 + fractionDigits(element)))
  else if (/^[.,]\d/.test(fields.rest)) fields.nanosecond = nanoseconds(takeMatch(fields, /^[.,]\d+/))
}

const offsetPattern = (element: string): RegExp => {
  const colon = element.includes(':') ? ':' : ''
  const parts = element.length > 6 ? 3 : element.length > 3 ? 2 : 1
  return new RegExp(`^[+-]${Array(parts).fill('(\\d\\d)').join(colon)}`)
}

const readOffset: Read = (fields, element) => {
  if (element.startsWith('Z') && fields.rest.startsWith('Z')) {
    fields.utc = true
    take(fields, 1)
    return
  }
  const match = offsetPattern(element).exec(fields.rest) ?? refuse()
  const text = take(fields, match[0].length)
  const [hours = 0, minutes = 0, seconds = 0] = match.slice(1).map(Number)
  if (hours > 24 || minutes > 60 || seconds > 60) refuse()
  fields.offset = (hours * 3600 + minutes * 60 + seconds) * (text.startsWith('-') ? -1 : 1)
}

/** How long the zone name is that a text begins with. Source: Go's `parseTimeZone`. */
const zoneNameLength = (text: string): number => {
  if (text.length < 3) return refuse()
  if (/^(?:ChST|MeST)/.test(text)) return 4
  if (text.startsWith('GMT')) return 3 + hourOffsetLength(text.slice(3))
  if (/^[+-]/.test(text)) return hourOffsetLength(text) || refuse()
  const letters = /^[A-Z]{0,6}/.exec(text)?.[0] ?? ''
  const named = letters.length === 3 || letters === 'WITA' || /^[A-Z]{3,4}T$/.test(letters)
  return named ? letters.length : refuse()
}

const hourOffsetLength = (text: string): number => {
  const match = /^[+-](\d+)/.exec(text)
  return match === null || Number(match[1]) > 23 ? 0 : match[0].length
}

/** Month and day of a day of the year, which must agree with what else the text says. */
const fromYearDay = ({ year, month, day }: Fields, yearDay: number): readonly [month: number, day: number] => {
  const date = new Date(Date.UTC(2000 + (year % 400), 0, yearDay))
  if (yearDay < 1 || yearDay > (daysIn(year, 2) === 29 ? 366 : 365)) refuse()
  const found = [date.getUTCMonth() + 1, date.getUTCDate()] as const
  if ((month !== undefined && month !== found[0]) || (day !== undefined && day !== found[1])) refuse()
  return found
}

const instantOf = (fields: Fields): bigint => {
  const { year, yearDay, month: writtenMonth = 1, day: writtenDay = 1, pm, am, utc } = fields
  const [month, day] = yearDay === undefined ? [writtenMonth, writtenDay] : fromYearDay(fields, yearDay)
  if (day < 1 || day > daysIn(year, month)) refuse()
  const afternoon = pm && fields.hour < 12
  const hour = afternoon ? fields.hour + 12 : am && fields.hour === 12 ? 0 : fields.hour
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  date.setUTCHours(hour, fields.minute, fields.second)
  // Go takes one second west for no offset at all.
  const offset = utc || fields.offset === -1 ? 0 : (fields.offset ?? 0)
  return BigInt(date.getTime() / 1000 - offset) * SECOND + BigInt(fields.nanosecond)
}
