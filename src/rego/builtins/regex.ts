import type { Family } from '../builtin'
import { int64Operand, stringOperand } from './operand'
import { expand } from './regex/expand'
import { compile, matchesOf, type Pattern } from './regex/re2'
import { templatePattern } from './regex/template'

/** The text of each match, at most `limit` of them; all where it is negative. */
const find = (pattern: Pattern, text: string, limit: bigint): readonly string[] => {
  const found: string[] = []
  for (const { start, end } of matchesOf(pattern, text)) {
    if (limit >= 0n && BigInt(found.length) >= limit) break
    found.push(text.slice(start, end))
  }
  return found
}

/** The text between matches; a match of nothing at the very start separates nothing. */
const split = (pattern: Pattern, text: string): readonly string[] => {
  if (text === '' && pattern.matches.pattern() !== '') return ['']
  const parts: string[] = []
  let [from, to] = [0, 0]
  for (const { start, end } of matchesOf(pattern, text)) {
    to = start
    if (end !== 0) parts.push(text.slice(from, start))
    from = end
  }
  return to === text.length ? parts : [...parts, text.slice(from)]
}

const replace = (pattern: Pattern, text: string, template: string): string => {
  let written = ''
  let from = 0
  for (const match of matchesOf(pattern, text)) {
    written += text.slice(from, match.start) + expand(template, match)
    from = match.end
  }
  return written + text.slice(from)
}

/** `regex.*` with RE2's syntax and linear time. Source: OPA's policy reference, section "Regular Expressions", and Go's package regexp. */
export const regex: Family = {
  'regex.find_n': (_context, pattern, text, limit) => {
    const [expression, given, most] = [stringOperand(pattern, 1), stringOperand(text, 2), int64Operand(limit, 3)]
    return find(compile(expression), given, most)
  },
  'regex.replace': (_context, text, pattern, template) => {
    const [given, expression, written] = [stringOperand(text, 1), stringOperand(pattern, 2), stringOperand(template, 3)]
    return replace(compile(expression), given, written)
  },
  'regex.split': (_context, pattern, text) => {
    const [expression, given] = [stringOperand(pattern, 1), stringOperand(text, 2)]
    return split(compile(expression), given)
  },
  'regex.template_match': (_context, template, text, opening, closing) => {
    const [written, given] = [stringOperand(template, 1), stringOperand(text, 2)]
    const pattern = templatePattern(written, stringOperand(opening, 3), stringOperand(closing, 4))
    return compile(pattern).matches.test(given)
  },
}
