import type { Location } from '../problem'
import { placeOf } from './fault'
import { formatTerm } from './format-term'
import { isRegoArray, isRegoObject, RegoSet, type RegoValue } from './value'

/** What one `print` wrote. */
export interface Printed {
  readonly text: string
  /** Where the `print` stands; known where the module was compiled by `compileRego` with `print`. */
  readonly location?: Location
}

/** Where `print` writes to. */
export type PrintSink = (printed: Printed) => void

/** The key of the first operand that the compiler adds: a module passes no location to its host. */
const LOCATION = '$location'

const locationOf = (operand: RegoValue | undefined): Location | undefined => {
  const only = operand instanceof RegoSet ? operand.members[0] : operand
  const place = isRegoObject(only) ? only[LOCATION] : undefined
  if (!isRegoArray(place)) return undefined
  const [file, row, column] = place
  return typeof file === 'string' ? placeOf(file, Number(row), Number(column)) : undefined
}

const textOf = (value: RegoValue): string => (typeof value === 'string' ? value : formatTerm(value))

/** The texts of one operand: none of its values is `<undefined>`, and each of several makes a line of its own. */
const textsOf = (operand: RegoValue): readonly string[] => {
  if (!(operand instanceof RegoSet)) return [textOf(operand)]
  return operand.size === 0 ? ['<undefined>'] : operand.members.map(textOf)
}

/** The lines of one call of `internal.print`, whose argument is an array of sets. Source: OPA's `topdown/print.go`. */
export const printedBy = (operands: RegoValue | undefined): readonly Printed[] => {
  if (!isRegoArray(operands)) return []
  const location = locationOf(operands[0])
  const shown = location === undefined ? operands : operands.slice(1)
  return shown
    .map(textsOf)
    .reduce<readonly string[][]>((lines, texts) => lines.flatMap((line) => texts.map((text) => [...line, text])), [[]])
    .map((line) => ({ text: line.join(' '), ...(location === undefined ? {} : { location }) }))
}
