import { isArray, isObject, type Json } from '../../json'
import { BuiltinRefusal, type Family } from '../builtin'
import { toJson } from '../value'

/** A value as Go's `%v` prints OPA's: strings bare at the top, quoted inside, objects and arrays in Rego syntax. */
const plain = (value: Json, nested = false): string => {
  if (typeof value === 'string') return nested ? JSON.stringify(value) : value
  if (isArray(value)) return `[${value.map((entry) => plain(entry, true)).join(', ')}]`
  if (isObject(value)) {
    return `{${Object.entries(value)
      .map(([key, entry]) => `${JSON.stringify(key)}: ${plain(entry, true)}`)
      .join(', ')}}`
  }
  return String(value)
}

const goType = (value: Json): string =>
  typeof value === 'string'
    ? 'string'
    : Number.isInteger(value)
      ? 'int'
      : typeof value === 'number'
        ? 'float64'
        : 'ast.Value'

const wrong = (verb: string, value: Json): string => `%!${verb}(${goType(value)}=${plain(value)})`

const integer = (verb: string, value: Json, radix: number): string =>
  typeof value === 'number' && Number.isInteger(value) ? value.toString(radix) : wrong(verb, value)

const hex = (value: Json): string =>
  typeof value === 'string'
    ? [...new TextEncoder().encode(value)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
    : integer('x', value, 16)

const VERBS: Readonly<Record<string, (value: Json, precision: number | undefined) => string>> = {
  v: (value) => plain(value),
  s: (value, precision) => {
    const text = plain(value)
    return precision === undefined ? text : [...text].slice(0, precision).join('')
  },
  q: (value) => JSON.stringify(plain(value)),
  d: (value) => integer('d', value, 10),
  b: (value) => integer('b', value, 2),
  o: (value) => integer('o', value, 8),
  x: hex,
  X: (value) => hex(value).toUpperCase(),
  t: (value) => (typeof value === 'boolean' ? String(value) : wrong('t', value)),
  f: (value, precision) => (typeof value === 'number' ? value.toFixed(precision ?? 6) : wrong('f', value)),
  T: (value) => goType(value),
}

const DIRECTIVE = /%([-+ #0]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])/g

const pad = (text: string, flags: string, width: string | undefined): string => {
  const columns = Number(width ?? 0)
  if (flags.includes('-')) return text.padEnd(columns)
  return flags.includes('0') ? text.padStart(columns, '0') : text.padStart(columns)
}

const format = (template: string, values: readonly Json[]): string => {
  let next = 0
  const text = template.replace(
    DIRECTIVE,
    (_, flags: string, width: string | undefined, precision: string | undefined, verb: string) => {
      if (verb === '%') return '%'
      const value = values[next++]
      if (value === undefined) return `%!${verb}(MISSING)`
      const render = VERBS[verb]
      if (render === undefined) return wrong(verb, value)
      return pad(render(value, precision === undefined ? undefined : Number(precision)), flags, width)
    },
  )
  const extra = values.slice(next)
  return extra.length === 0
    ? text
    : `${text}%!(EXTRA ${extra.map((value) => `${goType(value)}=${plain(value)}`).join(', ')})`
}

/** `sprintf` with Go's verbs v s q d b o x X t f T, flags, width and precision. Source: Go's package fmt. */
export const sprintf: Family = {
  sprintf: (_context, template, values) => {
    if (typeof template !== 'string') throw new BuiltinRefusal('the format is no string')
    const given = values === undefined ? values : toJson(values)
    if (!isArray(given)) throw new BuiltinRefusal('the values are no array')
    return format(template, given)
  },
}
