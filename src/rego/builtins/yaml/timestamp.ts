import { daysIn } from '../days-in'

const TIMESTAMP =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt](\d\d?):(\d\d?):(\d\d?)(?:[.,](\d+))?(Z|[-+]\d\d:\d\d)| +(\d\d?):(\d\d?):(\d\d?)(?:[.,](\d+))?))?$/

const two = (value: number): string => String(value).padStart(2, '0')

/**
 * The instant that a text names, in RFC 3339 as Go prints it; undefined for any other text. `unprintable` is one that Go reads and
 * does not print. Source: go.yaml.in/yaml/v3, `parseTimestamp`; Go's `time.Time.MarshalJSON`.
 */
export const parseTimestamp = (text: string): string | 'unprintable' | undefined => {
  const match = TIMESTAMP.exec(text)
  if (match === null) return undefined
  const [year, month, day, hour, minute, second] = [
    match[1],
    match[2],
    match[3],
    match[4] ?? match[9],
    match[5] ?? match[10],
    match[6] ?? match[11],
  ].map((digits) => Number(digits ?? '0')) as [number, number, number, number, number, number]
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month) || hour > 23 || minute > 59 || second > 59)
    return undefined
  const fraction = (match[7] ?? match[12] ?? '').slice(0, 9).replace(/0+$/, '')
  const zone = match[8] ?? 'Z'
  const [zoneHour, zoneMinute] = [Number(zone.slice(1, 3)), Number(zone.slice(4))]
  if (zone !== 'Z' && (zoneHour > 24 || zoneMinute > 60)) return undefined
  const offset = zone === 'Z' ? 0 : zoneHour * 60 + zoneMinute
  if (offset >= 24 * 60) return 'unprintable'
  const printed = offset === 0 ? 'Z' : `${zone.charAt(0)}${two(Math.floor(offset / 60))}:${two(offset % 60)}`
  const date = `${match[1]}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}`
  return `${date}${fraction === '' ? '' : `.${fraction}`}${printed}`
}
