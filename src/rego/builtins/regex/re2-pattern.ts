/** A pattern of Go's syntax in what re2js reads of it. */
export interface Translated {
  readonly pattern: string
  /** The names that re2js has for the groups of one name: Go lets several groups have it. */
  readonly groups: ReadonlyMap<string, readonly string[]>
}

/** Unicode's long names of categories, as Go compares names. */
const CATEGORIES: Readonly<Record<string, string>> = {
  Casedletter: 'LC',
  Closepunctuation: 'Pe',
  Cntrl: 'Cc',
  Combiningmark: 'M',
  Connectorpunctuation: 'Pc',
  Control: 'Cc',
  Currencysymbol: 'Sc',
  Dashpunctuation: 'Pd',
  Decimalnumber: 'Nd',
  Digit: 'Nd',
  Enclosingmark: 'Me',
  Finalpunctuation: 'Pf',
  Format: 'Cf',
  Initialpunctuation: 'Pi',
  Letter: 'L',
  Letternumber: 'Nl',
  Lineseparator: 'Zl',
  Lowercaseletter: 'Ll',
  Mark: 'M',
  Mathsymbol: 'Sm',
  Modifierletter: 'Lm',
  Modifiersymbol: 'Sk',
  Nonspacingmark: 'Mn',
  Number: 'N',
  Openpunctuation: 'Ps',
  Other: 'C',
  Otherletter: 'Lo',
  Othernumber: 'No',
  Otherpunctuation: 'Po',
  Othersymbol: 'So',
  Paragraphseparator: 'Zp',
  Privateuse: 'Co',
  Punct: 'P',
  Punctuation: 'P',
  Separator: 'Z',
  Spaceseparator: 'Zs',
  Spacingmark: 'Mc',
  Surrogate: 'Cs',
  Symbol: 'S',
  Titlecaseletter: 'Lt',
  Unassigned: 'Cn',
  Uppercaseletter: 'Lu',
}

/** What re2js knows and Go does not: properties, and scripts that came after Unicode 15. */
const UNKNOWN = new Set(
  'Alphabetic Dash Emoji Garay Lowercase Math Sidetic Sunuwar Todhri Unknown Uppercase'.split(' '),
)

// Go compares names without case and separators, and so knows no script whose own name has a separator.
const canonical = (name: string): string => {
  const letters = name.replace(/[_\- ]/g, '').replace(/[A-Z]/g, (letter) => letter.toLowerCase())
  const written = letters.replace(/^[a-z]/, (letter) => letter.toUpperCase())
  return UNKNOWN.has(written) ? '' : Object.hasOwn(CATEGORIES, written) ? (CATEGORIES[written] ?? '') : written
}

const UNICODE_CLASS = /^(\\[pP])(?:\{(\^?)([^}]*)\}|([a-z]))$/

/** An escape; one of a Unicode class by the name that re2js knows. */
const translated = (text: string): string => {
  const [, start, not = '', braced, letter] = UNICODE_CLASS.exec(text) ?? []
  return start === undefined ? text : `${start}{${not}${canonical(braced ?? letter ?? '')}}`
}

const ESCAPE = /\\[pP]\{[^}]{0,40}\}|\\[pP][a-z]|\\[\s\S]/g

// The start of a named group, an escape as above, and what either may be hidden in: literal text and a class.
const PART =
  /\(\?P?<\w+>|\\Q[\s\S]*?(?:\\E|$)|\\[pP]\{[^}]{0,40}\}|\\[pP][a-z]|\\[\s\S]|\[\^?\]?(?:\\[\s\S]|\[:\^?\w+:\]|[^\\\]])*\]?/g

/** Translates a pattern; what is no pattern stays none. */
export const translate = (written: string): Translated => {
  const groups = new Map<string, readonly string[]>()
  let count = 0
  const pattern = written.replace(PART, (part) => {
    if (part.startsWith('(')) {
      const name = part.slice(part.indexOf('<') + 1, -1)
      const unique = `g${count++}`
      groups.set(name, [...(groups.get(name) ?? []), unique])
      return `(?<${unique}>`
    }
    if (part.startsWith('[')) return part.replace(ESCAPE, translated)
    return part.startsWith('\\Q') ? part : translated(part)
  })
  return { pattern, groups }
}
