import { BuiltinRefusal, type Family } from '../builtin'
import type { RegoValue } from '../value'
import { int64Operand, stringOperand, stringsOperand } from './operand'

const oneOrMore = (value: RegoValue | undefined, position: number): readonly string[] =>
  typeof value === 'string' ? [value] : stringsOperand(value, position)

/** True where a text starts with a prefix. Sorted, the first text not before a prefix has it, if any does. */
const anyStarts = (texts: readonly string[], prefixes: readonly string[]): boolean => {
  const sorted = [...texts].sort()
  return prefixes.some((prefix) => {
    let [low, high] = [0, sorted.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((sorted[middle] ?? '') < prefix) low = middle + 1
      else high = middle
    }
    return sorted[low]?.startsWith(prefix) ?? false
  })
}

const reversed = (text: string): string => text.split('').reverse().join('')

const lengthOf = (text: string): number => [...text].length

const split = (text: string, delimiter: string): readonly string[] =>
  delimiter === '' ? [...text] : text.split(delimiter)

const count = (text: string, search: string): number =>
  search === '' ? lengthOf(text) + 1 : text.split(search).length - 1

/** Where a text occurs, overlapping too, counted in code points. */
const places = (text: string, search: string): readonly number[] => {
  if (search === '') throw new BuiltinRefusal('the text to search for is empty')
  const found: number[] = []
  let [counted, points] = [0, 0]
  for (let at = text.indexOf(search); at >= 0; at = text.indexOf(search, at + 1)) {
    points += lengthOf(text.slice(counted, at))
    counted = at
    found.push(points)
  }
  return found
}

/** `strings.*` and `indexof_n`. Source: OPA's policy reference, section "Strings". */
export const strings: Family = {
  indexof_n: (_context, text, search) => places(stringOperand(text, 1), stringOperand(search, 2)),
  'strings.any_prefix_match': (_context, texts, prefixes) => anyStarts(oneOrMore(texts, 1), oneOrMore(prefixes, 2)),
  'strings.any_suffix_match': (_context, texts, suffixes) =>
    anyStarts(oneOrMore(texts, 1).map(reversed), oneOrMore(suffixes, 2).map(reversed)),
  'strings.count': (_context, text, search) => count(stringOperand(text, 1), stringOperand(search, 2)),
  'strings.split_n': (_context, text, delimiter, limit) => {
    const parts = split(stringOperand(text, 1), stringOperand(delimiter, 2))
    const most = Number(int64Operand(limit, 3))
    // A negative limit counts from the end.
    return most >= 0 ? parts.slice(0, most) : parts.slice(Math.max(parts.length + most, 0))
  },
}
