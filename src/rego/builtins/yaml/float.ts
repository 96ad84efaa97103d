import { type Digits, general, shortest, shortestSingle } from '../float-digits'

const text = (value: number, digits: (magnitude: number) => Digits): string => {
  if (Number.isNaN(value)) return '.nan'
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  return `${sign}${Number.isFinite(value) ? general(digits(Math.abs(value)), 'e') : '.inf'}`
}

/** A double as go-yaml writes it: Go's format `g`, as for other floats. */
export const doubleText = (value: number): string => text(value, shortest)

/** A double as it names a key: the text of the nearest float of 32 bits. */
export const singleText = (value: number): string => text(Math.fround(value), shortestSingle)
