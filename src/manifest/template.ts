import { type Json, member, stringAt } from '../json'
import type { ProblemData } from '../problem'

type Template = ProblemData['template']

export const HELM: Template = { language: 'helm', run: 'helm template <release> <chart> | aks-checklist check -' }
/** A template's parameters have values only once it is deployed. */
const DEPLOYED = 'az deployment group create --template-file <file>; az resource show --ids <id> > resource.json'
const BICEP: Template = { language: 'bicep', run: DEPLOYED }
const ARM: Template = { language: 'arm', run: DEPLOYED }

const BICEP_NAME = /\.bicep(?:param)?$/i
/** Declarations at the start of a line that are no YAML anyone writes. */
const BICEP_DECLARATION =
  /^(?:targetScope\s*=\s*'|(?:resource|module)\s+\w+\s+'[^'\n]+'\s*(?:existing\s*)?=|param\s+\w+\s+(?:string|int|bool|object|array)\b)/m

/** A file of Bicep, by its name or by its declarations. */
export const bicepTemplate = (name: string, text: string): Template | undefined =>
  BICEP_NAME.test(name) || BICEP_DECLARATION.test(text.slice(0, 65_536)) ? BICEP : undefined

/** What Helm puts between braces; other tools' placeholders are not Helm's to render. */
const HELM_ACTION =
  /\{\{(?:-|\s*(?:\.[A-Za-z]|\$|\/\*|(?:include|template|tpl|if|else|end|range|with|define|block|toYaml|default|required|quote|printf|lookup)\b))/g

export const holdsHelmAction = (text: string): boolean => text.search(HELM_ACTION) !== -1

/**
 * Where a text that could not be read has a Helm action outside of quotes and comments: on the line where reading failed or the one before
 * it. Braces further away are not what was wrong.
 */
export const helmActionNear = (text: string, failure: number): number | undefined => {
  const start = text.lastIndexOf('\n', text.lastIndexOf('\n', failure - 1) - 1) + 1
  const end = text.indexOf('\n', failure)
  for (const { index } of text.slice(start, end === -1 ? text.length : end).matchAll(HELM_ACTION)) {
    const before = text.slice(text.lastIndexOf('\n', start + index) + 1, start + index)
    if (!/^\s*#/.test(before) && !isInsideQuotes(before)) return start + index
  }
  return undefined
}

/** An action that opens a line stands outside whatever was quoted before it. */
const isInsideQuotes = (before: string): boolean =>
  before.split('"').length % 2 === 0 || before.split("'").length % 2 === 0

/** A template that could be read: an ARM template, or a Helm one whose actions stand in quotes. */
export const readableTemplate = (value: Json): Template | undefined => {
  if (
    /\/(?:subscription|managementGroup|tenant)?deploymentTemplate\.json/i.test(String(member(value, '$schema') ?? ''))
  )
    return ARM
  return stringAt(value, ['metadata', 'name'])?.includes('{{') === true ? HELM : undefined
}
