import { SECOND, splitSecond } from './nanoseconds'
import type { Zone } from './zone'

const DAY = 86_400n
// Every year that Go knows is positive when counted from here, and begins with March.
const ABSOLUTE_YEARS = 292_277_022_400n

const int64 = (value: bigint): bigint => BigInt.asIntN(64, value)
const uint64 = (value: bigint): bigint => BigInt.asUintN(64, value)

/** Days of a date, all in 64 bits and so with Go's overflows. Source: Go's `dateToAbsDays`. */
const absoluteDays = (year: bigint, month: bigint, day: bigint): bigint => {
  const early = month < 3n ? 1n : 0n
  const shifted = uint64(year - early + ABSOLUTE_YEARS)
  const [century, yearOfCentury] = [shifted / 100n, shifted % 100n]
  const yearDay = (979n * (month + 12n * early) - 2919n) >> 5n
  return uint64(uint64(146_097n * century) / 4n + (1461n * yearOfCentury) / 4n + yearDay + day - 1n)
}

const EPOCH = absoluteDays(1970n, 1n, 1n)

// Seconds of the nanoseconds that 64 bits hold, and two days, more than any zone is off.
const FURTHEST = 2n ** 63n / SECOND + 2n * DAY

/**
 * A time so many years, months and days later on a zone's calendar, at the same time of its clock; a day that a month has not is
 * one of the next month. All in nanoseconds since 1970; undefined where that is far outside 64 bits. Source: Go's `Time.AddDate`.
 */
export const addDate = (
  nanoseconds: bigint,
  zone: Zone,
  years: bigint,
  months: bigint,
  days: bigint,
): bigint | undefined => {
  const [before, fraction] = splitSecond(nanoseconds)
  const reading = new Date((before + zone(before).offset) * 1000)
  const month = int64(int64(BigInt(reading.getUTCMonth() + 1) + months) - 1n)
  const wrapped = ((month % 12n) + 12n) % 12n
  const year = int64(BigInt(reading.getUTCFullYear()) + years + (month - wrapped) / 12n)
  const day = int64(BigInt(reading.getUTCDate()) + days)
  const clock = BigInt(reading.getUTCHours() * 3600 + reading.getUTCMinutes() * 60 + reading.getUTCSeconds())
  const local = int64((absoluteDays(year, wrapped + 1n, day) - EPOCH) * DAY + clock)
  return local < -FURTHEST || local > FURTHEST ? undefined : BigInt(atZone(Number(local), zone)) * SECOND + fraction
}

/** The time at which the clock of a zone shows a reading. Source: Go's `time.Date`. */
const atZone = (reading: number, zone: Zone): number => {
  const { offset, start, end } = zone(reading)
  const unix = reading - offset
  return unix >= start && unix < end ? unix : reading - zone(unix).offset
}
