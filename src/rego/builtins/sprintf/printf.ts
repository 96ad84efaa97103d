import { type Flags, formatGo, type GoValue, NO_FLAGS } from './format'

// Go's bound on widths, precisions and indexes.
const LARGEST = 1_000_000

const FLAGS: Readonly<Record<string, Partial<Flags>>> = {
  '#': { sharp: true },
  '0': { zero: true },
  '+': { plus: true },
  '-': { minus: true },
  ' ': { space: true },
}

/** In `%+v` and `%#v` the flag belongs to the verb. `%w` is read as `%v` as far as that. */
const flagsOf = (verb: string, flags: Flags): Flags =>
  verb === 'v' || verb === 'w' ? { ...flags, sharp: false, sharpV: flags.sharp, plus: false, plusV: flags.plus } : flags

/** The values that no directive took. */
const extra = (values: readonly GoValue[]): string =>
  values.length === 0
    ? ''
    : `%!(EXTRA ${values.map((value) => `${value.type}=${formatGo(value, 'v', NO_FLAGS)}`).join(', ')})`

/** Writes values into a template, with Go's own words for what does not fit. Source: Go's `fmt.Sprintf`. */
export const printf = (template: string, values: readonly GoValue[]): string => {
  let written = ''
  let at = 0
  let next = 0
  // False once an index in the directive at hand points nowhere.
  let good = true
  // True where the part read last was an index like `[3]`.
  let indexed = false
  let reordered = false

  /** Digits up to a position; too large a number is none, and nothing after it is read. */
  const readNumber = (end: number): number | undefined => {
    let number: number | undefined
    for (; at < end; at += 1) {
      const digit = template.charCodeAt(at) - 48
      if (digit < 0 || digit > 9) break
      if ((number ?? 0) > LARGEST) {
        at = end
        return undefined
      }
      number = (number ?? 0) * 10 + digit
    }
    return number
  }

  const readIndex = (): void => {
    indexed = template[at] === '['
    if (!indexed) return
    reordered = true
    const opening = at
    const close = template.length - at < 3 ? -1 : template.indexOf(']', at)
    at = close < 0 ? opening + 1 : close + 1
    if (close < 0) {
      good = false
      indexed = false
      return
    }
    at = opening + 1
    const number = readNumber(close)
    indexed = number !== undefined && at === close
    at = close + 1
    if (indexed && number !== undefined && number >= 1 && number <= values.length) next = number - 1
    else good = false
  }

  /** The number that `*` takes from the values. */
  const takeNumber = (): number | undefined => {
    const value = values[next]
    if (value === undefined) return undefined
    next += 1
    if (value.type !== 'int64') return undefined
    const number = Number(value.value)
    return Math.abs(number) > LARGEST ? undefined : number
  }

  const readWidth = (flags: Flags): Flags => {
    if (template[at] === '*') {
      at += 1
      indexed = false
      const width = takeNumber()
      if (width === undefined) written += '%!(BADWIDTH)'
      return width !== undefined && width < 0
        ? { ...flags, width: -width, minus: true, zero: false }
        : { ...flags, width }
    }
    const width = readNumber(template.length)
    if (indexed && width !== undefined) good = false
    return { ...flags, width }
  }

  const readPrecision = (flags: Flags): Flags => {
    // A point at the very end is read as a verb.
    if (template[at] !== '.' || at + 1 >= template.length) return flags
    at += 1
    if (indexed) good = false
    readIndex()
    if (template[at] !== '*') return { ...flags, precision: readNumber(template.length) ?? 0 }
    at += 1
    indexed = false
    const taken = takeNumber()
    const precision = taken === undefined || taken < 0 ? undefined : taken
    if (precision === undefined) written += '%!(BADPREC)'
    return { ...flags, precision }
  }

  const readFlags = (): Flags => {
    let flags = NO_FLAGS
    for (let flag = FLAGS[template.charAt(at)]; flag !== undefined; flag = FLAGS[template.charAt(at)]) {
      flags = { ...flags, ...flag }
      at += 1
    }
    return flags
  }

  const directive = (): string => {
    good = true
    const unsized = readFlags()
    readIndex()
    const flags = readPrecision(readWidth(unsized))
    if (!indexed) readIndex()
    const code = template.codePointAt(at)
    if (code === undefined) return '%!(NOVERB)'
    const verb = String.fromCodePoint(code)
    at += verb.length
    if (verb === '%') return '%'
    if (!good) return `%!${verb}(BADINDEX)`
    const value = values[next]
    if (value === undefined) return `%!${verb}(MISSING)`
    next += 1
    return formatGo(value, verb, flagsOf(verb, flags))
  }

  while (at < template.length) {
    const percent = template.indexOf('%', at)
    written += template.slice(at, percent < 0 ? template.length : percent)
    if (percent < 0) break
    at = percent + 1
    // What a directive says of its width and precision stands before it.
    const shown = directive()
    written += shown
  }
  return written + (reordered ? '' : extra(values.slice(next)))
}
