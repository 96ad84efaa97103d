import { isObject, type Json, type JsonObject } from '../../json'
import type { Constraint } from './constraint'
import { kindsOf, namesOf, readsNamespaces } from './match'
import { withDefaults } from './schema-defaults'
import type { Template } from './template'

export const idOf = ({ annotations, kind, name }: Constraint): string => annotations.id ?? `${kind}/${name}`

const typeOf = (value: Json): string => {
  if (Array.isArray(value)) return value.every((entry) => typeof entry === 'string') ? 'strings' : 'list'
  return value === null ? 'object' : typeof value
}

const parametersOf = ({ parameters }: Constraint, { schema }: Template): JsonObject => {
  const filled = withDefaults(parameters, schema)
  return isObject(filled)
    ? Object.fromEntries(Object.entries(filled).map(([name, value]) => [name, { type: typeOf(value), default: value }]))
    : {}
}

const inventoryOf = ({ annotations, readsInventory }: Template): readonly string[] => {
  if (!readsInventory) return []
  return annotations.synced?.flatMap(({ groups, kinds }) => namesOf(groups, kinds)) ?? ['*']
}

const listed = (text = ''): readonly string[] =>
  text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')

/** A constraint's entry in the catalogue. What annotations of the constraint do not say, those of its template may. */
export const controlOf = (constraint: Constraint, template: Template, item: string): JsonObject => {
  const { kind, name, match, severity } = constraint
  const said = { ...template.annotations, ...constraint.annotations }
  return {
    id: idOf(constraint),
    item,
    name: `${kind}/${name}`,
    title: constraint.annotations.title ?? `${template.annotations.title ?? kind}: ${name}`,
    description: said.description ?? `The constraint ${name} of the template ${kind}.`,
    severity: constraint.annotations.severity ?? template.annotations.severity ?? severity,
    tier: said.tier ?? 'core',
    unit: template.readsInventory ? 'cluster' : 'resource',
    kinds: [...new Set([...kindsOf(match), ...inventoryOf(template)])],
    reads: { '*': ['*'], ...(readsNamespaces(match) || template.readsNamespace ? { Namespace: ['*'] } : {}) },
    needs: listed(said.needs),
    // Gatekeeper judges a Pod whoever made it.
    owned: true,
    parameters: parametersOf(constraint, template),
    args: { msg: 'string', details: 'object' },
    message: '{msg}',
    remediation: said.remediation ?? `Change {kind} {name} so that it meets ${kind} ${name}.`,
    sensitive: false,
    folds: [],
    mappings: {},
    relatedResources: [],
    rules: { undecided: true, subject: true },
  }
}
