import type { Family } from '../builtin'
import { formatTerm } from '../format-term'
import { int64Of, isNumber, numberText, type RegoNumber } from '../number'
import type { RegoValue } from '../value'
import { arrayOperand, stringOperand } from './operand'
import type { GoValue } from './sprintf/format'
import { printf } from './sprintf/printf'

const goNumber = (value: RegoNumber): GoValue => {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return { type: 'int64', value: BigInt(value) }
  const text = numberText(value)
  if (/[.eE]/.test(text)) {
    const float = Number(text)
    return Number.isFinite(float) ? { type: 'float64', value: float } : { type: 'string', value: text }
  }
  const int64 = int64Of(value)
  return int64 === undefined ? { type: '*big.Int', value: BigInt(text) } : { type: 'int64', value: int64 }
}

const goValue = (value: RegoValue): GoValue => {
  if (isNumber(value)) return goNumber(value)
  return { type: 'string', value: typeof value === 'string' ? value : formatTerm(value) }
}

/** `sprintf`, with all that Go's fmt knows. Source: OPA's policy reference, section "Strings", and Go's package fmt. */
export const sprintf: Family = {
  sprintf: (_context, template, values) => printf(stringOperand(template, 1), arrayOperand(values, 2).map(goValue)),
}
