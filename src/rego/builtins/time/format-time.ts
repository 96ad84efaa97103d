import { fractionDigits, isFraction, layoutPieces, MONTHS, WEEKDAYS } from './layout'

/** What clocks and calendars of a zone show at one time. */
export interface LocalTime {
  /** The reading of the zone's clock, in the fields for UTC, whole seconds. */
  readonly reading: Date
  readonly nanosecond: number
  /** Seconds east of UTC. */
  readonly offset: number
  readonly abbreviation: string
}

/** A time as a layout writes it. Source: Go's `Time.Format`. */
export const formatTime = (time: LocalTime, layout: string): string =>
  layoutPieces(layout)
    .map(({ literal, element }) => (element === undefined ? literal : literal + written(time, element)))
    .join('')

const written = (time: LocalTime, element: string): string =>
  isFraction(element) ? fraction(time, element) : (ELEMENTS[element] ?? zone(element))(time)

const padded = (value: number, width: number): string =>
  value < 0 ? `-${padded(-value, width)}` : String(value).padStart(width, '0')

const hour12 = ({ reading }: LocalTime): number => reading.getUTCHours() % 12 || 12

const month = ({ reading }: LocalTime): string => MONTHS[reading.getUTCMonth()] ?? ''

export const weekday = ({ reading }: LocalTime): string => WEEKDAYS[reading.getUTCDay()] ?? ''

const yearDay = ({ reading }: LocalTime): number => {
  const [year, now] = [new Date(0), new Date(0)]
  year.setUTCFullYear(reading.getUTCFullYear(), 0, 0)
  now.setUTCFullYear(reading.getUTCFullYear(), reading.getUTCMonth(), reading.getUTCDate())
  return (now.getTime() - year.getTime()) / 86_400_000
}

const ELEMENTS: Readonly<Record<string, (time: LocalTime) => string>> = {
  '2006': ({ reading }) => padded(reading.getUTCFullYear(), 4),
  '06': ({ reading }) => padded(reading.getUTCFullYear() % 100, 2),
  January: month,
  Jan: (time) => month(time).slice(0, 3),
  '1': ({ reading }) => String(reading.getUTCMonth() + 1),
  '01': ({ reading }) => padded(reading.getUTCMonth() + 1, 2),
  Monday: weekday,
  Mon: (time) => weekday(time).slice(0, 3),
  '2': ({ reading }) => String(reading.getUTCDate()),
  _2: ({ reading }) => String(reading.getUTCDate()).padStart(2),
  '02': ({ reading }) => padded(reading.getUTCDate(), 2),
  __2: (time) => String(yearDay(time)).padStart(3),
  '002': (time) => padded(yearDay(time), 3),
  '15': ({ reading }) => padded(reading.getUTCHours(), 2),
  '3': (time) => String(hour12(time)),
  '03': (time) => padded(hour12(time), 2),
  '4': ({ reading }) => String(reading.getUTCMinutes()),
  '04': ({ reading }) => padded(reading.getUTCMinutes(), 2),
  '5': ({ reading }) => String(reading.getUTCSeconds()),
  '05': ({ reading }) => padded(reading.getUTCSeconds(), 2),
  PM: ({ reading }) => (reading.getUTCHours() >= 12 ? 'PM' : 'AM'),
  pm: ({ reading }) => (reading.getUTCHours() >= 12 ? 'pm' : 'am'),
  MST: ({ abbreviation }) => abbreviation,
}

/** `Z07:00`, `-0700` and their like: Z is for UTC, and seconds stand only where the layout has them. */
const zone =
  (element: string) =>
  ({ offset }: LocalTime): string => {
    if (element.startsWith('Z') && offset === 0) return 'Z'
    const minutes = Math.trunc(offset / 60)
    const colon = element.includes(':') ? ':' : ''
    const sign = minutes < 0 ? '-' : '+'
    const parts = [padded(Math.trunc(Math.abs(minutes) / 60), 2)]
    if (element.length > 3) parts.push(padded(Math.abs(minutes) % 60, 2))
    // Of an offset between -59 seconds and 0, Go writes the sign at the seconds.
    if (element.length > 6) parts.push(padded((minutes < 0 ? -offset : offset) % 60, 2))
    return sign + parts.join(colon)
  }

const fraction = ({ nanosecond }: LocalTime, element: string): string => {
  const digits = padded(nanosecond, 9).slice(0, fractionDigits(element))
  if (element.charAt(1) === '0') return element.charAt(0) + digits
  const significant = digits.replace(/0+$/, '')
  return significant === '' ? '' : element.charAt(0) + significant
}
