import { BuiltinRefusal } from '../../builtin'
import { compile } from './re2'

const quoted = (text: string): string => text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&')

// OPA counts bytes, so a delimiter is one of ASCII.
const isDelimiter = (text: string): boolean => text.length === 1 && text < '\u0080'

/** Where the outermost delimited parts begin and end, delimiters and all. */
const delimitedParts = (template: string, opening: string, closing: string): readonly (readonly [number, number])[] => {
  const parts: [number, number][] = []
  let [level, start] = [0, 0]
  for (let at = 0; at < template.length; at += 1) {
    const character = template.charAt(at)
    if (character === opening) {
      if (level === 0) start = at
      level += 1
    } else if (character === closing) {
      level -= 1
      if (level < 0) break
      if (level === 0) parts.push([start, at + 1])
    }
  }
  if (level !== 0) throw new BuiltinRefusal('the delimiters are not balanced')
  return parts
}

/**
 * The pattern of a template: what is delimited is a pattern, the rest is text, and all of it must match. Source: OPA's
 * `topdown/regex_template.go`.
 */
export const templatePattern = (template: string, opening: string, closing: string): string => {
  if (!isDelimiter(opening) || !isDelimiter(closing)) throw new BuiltinRefusal('a delimiter must be one character long')
  let pattern = '^'
  let from = 0
  for (const [start, end] of delimitedParts(template, opening, closing)) {
    const part = template.slice(start + 1, end - 1)
    // Each part must be a pattern of its own.
    compile(`^${part}$`)
    pattern += `${quoted(template.slice(from, start))}(${part})`
    from = end
  }
  return `${pattern}${quoted(template.slice(from))}$`
}
