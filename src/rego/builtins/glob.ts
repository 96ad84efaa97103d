import type { Family } from '../builtin'
import { stringOperand } from './operand'

/** `glob.quote_meta`. Source: OPA's policy reference, section "Glob Matching". */
export const glob: Family = {
  'glob.quote_meta': (_context, text) => stringOperand(text, 1).replace(/[*?\\[\]{}]/g, '\\$&'),
}
