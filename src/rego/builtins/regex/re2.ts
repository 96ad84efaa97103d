import { RE2JS, RE2JSException } from 're2js'
import { BuiltinRefusal } from '../../builtin'
import { translate } from './re2-pattern'

/** A compiled pattern of RE2's syntax, as Go reads it. */
export interface Pattern {
  readonly matches: RE2JS
  readonly groups: ReadonlyMap<string, readonly string[]>
}

/** One match: where it stands, and the text of a group by its index or name, empty for one that took no part. */
export interface Match {
  readonly start: number
  readonly end: number
  readonly group: (reference: number | string) => string
}

const MOST = 100
const compiled = new Map<string, Pattern>()

/** Compiles a pattern, or has it still. Throws a `BuiltinRefusal` for what is no pattern. */
export const compile = (expression: string): Pattern => {
  const known = compiled.get(expression)
  if (known !== undefined) return known
  const pattern = compileAnew(expression)
  if (compiled.size >= MOST) compiled.delete(compiled.keys().next().value ?? '')
  compiled.set(expression, pattern)
  return pattern
}

const compileAnew = (expression: string): Pattern => {
  const { pattern, groups } = translate(expression)
  try {
    return { matches: RE2JS.compile(pattern), groups }
  } catch (error) {
    if (error instanceof RE2JSException) throw new BuiltinRefusal('the pattern is no regular expression')
    throw error
  }
}

/**
 * The matches of a pattern from left to right, as Go has them: after a match of nothing the search goes on one character
 * further, and a match of nothing right behind another match is none.
 */
export function* matchesOf({ matches, groups }: Pattern, text: string): Generator<Match> {
  const matcher = matches.matcher(text)
  const group = (reference: number | string): string => {
    if (typeof reference === 'number') {
      return reference > matches.groupCount() ? '' : (matcher.group(reference) ?? '')
    }
    // Of several groups of one name the first that took part.
    const taken = groups.get(reference)?.find((name) => matcher.start(name) >= 0)
    return taken === undefined ? '' : (matcher.group(taken) ?? '')
  }
  let before = -1
  for (let from = 0; from <= text.length && matcher.find(from); ) {
    const [start, end] = [matcher.start(), matcher.end()]
    const repeated = end === from && start === before
    from = end === from ? from + ((text.codePointAt(from) ?? 0) > 0xffff ? 2 : 1) : end
    before = end
    if (!repeated) yield { start, end, group }
  }
}
