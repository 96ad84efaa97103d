import { daysIn } from '../days-in'
import { latin1Text } from '../latin1'
import { type Der, TAG } from './der'

const [UTC, GENERALIZED] = [/^(\d\d)(\d{8})(\d\d)?(Z|[-+]\d{4})$/, /^(\d{4})(\d{8})(\d\d)(Z|[-+]\d{4})$/]

/** A time as RFC 3339 has it, in its own zone. Source: cryptobyte's `ReadASN1UTCTime` and `ReadASN1GeneralizedTime`. */
export const instantOf = (der: Der): string => {
  const isUtc = der.is(TAG.utcTime)
  const text = latin1Text(der.bytes(isUtc ? TAG.utcTime : TAG.generalizedTime))
  const [, written = '', middle = '', second = '00', zone = 'Z'] =
    (isUtc ? UTC : GENERALIZED).exec(text) ?? der.refuse()
  // Two digits from 50 on are years of the last century.
  const year = isUtc ? `${Number(written) >= 50 ? '19' : '20'}${written}` : written
  const [month = '', day = '', hour = '', minute = ''] = middle.match(/../g) ?? []
  const days = daysIn(Number(year), Number(month))
  const isDate = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= days
  if (!isDate || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) der.refuse()
  const [zoneHour, zoneMinute] = [zone.slice(0, 3), zone.slice(3)]
  // No offset is written `Z`, and one of a whole day has no text.
  if (zone !== 'Z' && (Number(zone) === 0 || Number(zone.slice(1, 3)) > 23 || Number(zoneMinute) > 59)) der.refuse()
  const printed = zone === 'Z' ? zone : `${zoneHour}:${zoneMinute}`
  return `${year}-${month}-${day}T${hour}:${minute}:${second}${printed}`
}
