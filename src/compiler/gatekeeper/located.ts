import type { PolicyProblem, Problem } from '../../problem'
import { locationOf } from '../parsed-document'
import type { Template } from './template'
import type { TemplateSource } from './wrapper'

/** A template's Rego as it is compiled. */
export interface Rule {
  readonly template: Template
  readonly source: TemplateSource
}

/**
 * A compiler's problem at its place in the YAML document. Lines of a block text follow its key; where the line there is not the
 * one of the Rego (another style of text), the place is the whole text's.
 */
export const located = (found: PolicyProblem, rules: readonly Rule[]): Problem => {
  const rule = rules.find(({ source }) => source.name === found.location?.source)
  if (rule === undefined || found.location === undefined) return found
  const { template, source } = rule
  const whole = locationOf(template.entry, source.of.path)
  const { start, end } = found.location
  const line = whole.start.line + start.line
  const written = source.of.text.split('\n')[start.line - 1] ?? ''
  const there = template.entry.document.lineText(line)
  if (written.trim() === '' || !there.endsWith(written.trimEnd())) return { ...found, location: whole }
  const indent = there.length - written.trimEnd().length
  return {
    ...found,
    location: {
      source: whole.source,
      start: { line, column: start.column + indent },
      end: { line: whole.start.line + end.line, column: end.column + indent },
    },
  }
}
