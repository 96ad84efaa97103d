import { isNumber, numberText } from './number'
import { quoteText } from './quote'
import { entriesOf, isRegoArray, type RegoMap, type RegoObject, RegoSet, type RegoValue } from './value'

/** A value as OPA prints it inside texts: Rego syntax, sets and keys in order. Source: OPA's `ast.Value.String`. */
export const formatTerm = (value: RegoValue): string => {
  if (typeof value === 'string') return quoteText(value)
  if (isNumber(value)) return numberText(value)
  if (value === null || typeof value === 'boolean') return String(value)
  if (isRegoArray(value)) return `[${value.map(formatTerm).join(', ')}]`
  if (value instanceof RegoSet) return value.size === 0 ? 'set()' : `{${value.members.map(formatTerm).join(', ')}}`
  return `{${entriesOf(value as RegoObject | RegoMap)
    .map(([key, member]) => `${formatTerm(key)}: ${formatTerm(member)}`)
    .join(', ')}}`
}
