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
export const printf = (template: string, values: readonly GoValue[]): string => new Printer(template, values).print()

const [D, S, V] = [100, 115, 118]

/** What nearly all directives are: `%s` of a string, `%d` of an integer, `%v` of either, with no flag. */
const plainText = (verb: number, value: GoValue | undefined): string | undefined => {
  if (value?.type === 'string') return verb === S || verb === V ? value.value : undefined
  if (value?.type === 'int64') return verb === D || verb === V ? String(value.value) : undefined
  return undefined
}

/** A place in the template and one among the values. */
class Printer {
  readonly #template: string
  readonly #values: readonly GoValue[]
  #written = ''
  #at = 0
  #next = 0
  /** False once an index in the directive at hand points nowhere. */
  #good = true
  /** True where the part read last was an index like `[3]`. */
  #indexed = false
  #reordered = false

  constructor(template: string, values: readonly GoValue[]) {
    this.#template = template
    this.#values = values
  }

  print(): string {
    while (this.#at < this.#template.length) {
      const percent = this.#template.indexOf('%', this.#at)
      this.#written += this.#template.slice(this.#at, percent < 0 ? this.#template.length : percent)
      if (percent < 0) break
      this.#at = percent + 1
      // What a directive says of its width and precision stands before it.
      const shown = this.#directive()
      this.#written += shown
    }
    return this.#written + (this.#reordered ? '' : extra(this.#values.slice(this.#next)))
  }

  #directive(): string {
    const plain = plainText(this.#template.charCodeAt(this.#at), this.#values[this.#next])
    if (plain !== undefined) {
      this.#at += 1
      this.#next += 1
      return plain
    }
    this.#good = true
    const unsized = this.#flags()
    this.#index()
    const flags = this.#precision(this.#width(unsized))
    if (!this.#indexed) this.#index()
    const code = this.#template.codePointAt(this.#at)
    if (code === undefined) return '%!(NOVERB)'
    const verb = String.fromCodePoint(code)
    this.#at += verb.length
    if (verb === '%') return '%'
    if (!this.#good) return `%!${verb}(BADINDEX)`
    const value = this.#values[this.#next]
    if (value === undefined) return `%!${verb}(MISSING)`
    this.#next += 1
    return formatGo(value, verb, flagsOf(verb, flags))
  }

  #is(character: string): boolean {
    return this.#template[this.#at] === character
  }

  #flags(): Flags {
    let flags = NO_FLAGS
    for (let flag = this.#flag(); flag !== undefined; flag = this.#flag()) {
      flags = { ...flags, ...flag }
      this.#at += 1
    }
    return flags
  }

  #flag(): Partial<Flags> | undefined {
    return FLAGS[this.#template.charAt(this.#at)]
  }

  #index(): void {
    this.#indexed = this.#is('[')
    if (!this.#indexed) return
    this.#reordered = true
    const opening = this.#at
    const close = this.#template.length - opening < 3 ? -1 : this.#template.indexOf(']', opening)
    this.#at = opening + 1
    if (close < 0) {
      this.#good = false
      this.#indexed = false
      return
    }
    const number = this.#number(close)
    this.#indexed = number !== undefined && this.#at === close
    this.#at = close + 1
    if (this.#indexed && number !== undefined && number >= 1 && number <= this.#values.length) this.#next = number - 1
    else this.#good = false
  }

  #width(flags: Flags): Flags {
    if (!this.#is('*')) {
      const width = this.#number(this.#template.length)
      if (this.#indexed && width !== undefined) this.#good = false
      return { ...flags, width }
    }
    const width = this.#star()
    if (width === undefined) this.#written += '%!(BADWIDTH)'
    return width !== undefined && width < 0
      ? { ...flags, width: -width, minus: true, zero: false }
      : { ...flags, width }
  }

  #precision(flags: Flags): Flags {
    // A point at the very end is read as a verb.
    if (!this.#is('.') || this.#at + 1 >= this.#template.length) return flags
    this.#at += 1
    if (this.#indexed) this.#good = false
    this.#index()
    if (!this.#is('*')) return { ...flags, precision: this.#number(this.#template.length) ?? 0 }
    const taken = this.#star()
    const precision = taken === undefined || taken < 0 ? undefined : taken
    if (precision === undefined) this.#written += '%!(BADPREC)'
    return { ...flags, precision }
  }

  /** The number that `*` takes from the values. */
  #star(): number | undefined {
    this.#at += 1
    this.#indexed = false
    const value = this.#values[this.#next]
    if (value === undefined) return undefined
    this.#next += 1
    if (value.type !== 'int64') return undefined
    const number = Number(value.value)
    return Math.abs(number) > LARGEST ? undefined : number
  }

  /** Digits up to a position; too large a number is none, and nothing after it is read. */
  #number(end: number): number | undefined {
    let number: number | undefined
    for (; this.#at < end; this.#at += 1) {
      const digit = this.#template.charCodeAt(this.#at) - 48
      if (digit < 0 || digit > 9) break
      if ((number ?? 0) > LARGEST) {
        this.#at = end
        return undefined
      }
      number = (number ?? 0) * 10 + digit
    }
    return number
  }
}
