import { type Json, member, stringAt } from '../json'
import type { ProblemData } from '../problem'

type Template = ProblemData['template']

const HELM: Template = { language: 'helm', run: 'helm template <release> <chart> | aks-checklist check -' }
/** A template's parameters have values only once it is deployed. */
const DEPLOYED = 'az deployment group create --template-file <file>; az resource show --ids <id> > resource.json'
const BICEP: Template = { language: 'bicep', run: DEPLOYED }
const ARM: Template = { language: 'arm', run: DEPLOYED }

/** A file of Bicep, by its name or by its first declarations. */
export const bicepTemplate = (name: string, text: string): Template | undefined =>
  name.toLowerCase().endsWith('.bicep') ||
  /^\s*(?:targetScope|param|resource|module)\s+\S+[^:\n]*(?:'Microsoft\.|=|\bstring\b)/.test(text.slice(0, 4096))
    ? BICEP
    : undefined

/** A Helm template, as a text that could not be read: its actions stand outside of quotes. */
export const helmTemplate = (text: string): Template | undefined => (/\{\{-?\s*[^\s}]/.test(text) ? HELM : undefined)

/** A template that could be read: an ARM template, or a Helm one whose actions stand in quotes. */
export const readableTemplate = (value: Json): Template | undefined => {
  if (
    /\/(?:subscription|managementGroup|tenant)?deploymentTemplate\.json/i.test(String(member(value, '$schema') ?? ''))
  )
    return ARM
  return stringAt(value, ['metadata', 'name'])?.includes('{{') === true ? HELM : undefined
}
