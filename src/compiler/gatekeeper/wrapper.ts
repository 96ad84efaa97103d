import { literal, withDataMoved } from '../foreign-rego'
import type { RegoSource } from '../source'
import type { Constraint } from './constraint'
import { filledIn } from './match'
import type { Template, TemplateRego } from './template'

/** A Rego source made from a template, and which of its texts it is. */
export interface TemplateSource extends RegoSource {
  readonly of: TemplateRego
}

const root = (kind: string): string => `gatekeeper[${literal(kind)}]`

/**
 * The texts of a template in packages of its own: templates may use one package name, and their libraries all stand below `lib`.
 */
export const templateSources = ({ kind, rego }: Template): readonly TemplateSource[] => {
  if (rego === undefined) return []
  const { version, main, libs } = rego
  const moved = (of: TemplateRego, name: string, path: (written: string) => string): TemplateSource => {
    const data = withDataMoved(of.text, 'lib', `data.${root(kind)}.lib`)
    const text = data.replace(/^[ \t]*package[ \t]+([\w."[\]-]+)/m, (_, written: string) => `package ${path(written)}`)
    return { name, text, regoVersion: version, of }
  }
  return [
    moved(main, `gatekeeper/${kind}/template.rego`, () => `${root(kind)}.template`),
    ...libs.map((lib, at) => moved(lib, `gatekeeper/${kind}/lib_${at}.rego`, (written) => `${root(kind)}.${written}`)),
  ]
}

const head = (
  { name, kind, match }: Constraint,
  readsNamespace: boolean,
  item: string,
): string => `package controls[${literal(item.toLowerCase())}][${literal(`${kind}/${name}`)}]

import rego.v1

import data.lib.gatekeeper
import data.lib.result

_match := ${literal(filledIn(match, readsNamespace))}
`

const given = (kind: string, id: string): string =>
  `data.${root(kind)}.template.violation with input as {"review": review, "parameters": data.parameters[${literal(id)}]}`

const RESOURCE = `
_resources := [[0, input.resource]]
`

const CLUSTER = `
_resources := [[entry.ref, entry.resource] |
	some entries in input.kinds
	some entry in entries
]
`

const JUDGED = `
subject contains ref if {
	some [ref, resource] in _resources
	gatekeeper.matched(_match, resource)
}

violation contains result.row(ref, resource, given) if {
	some [ref, resource, given] in _given
}

undecided contains [ref, [], result.no_message] if {
	some [ref, _, given] in _given
	result.unreadable(given)
}

undecided contains [ref, ["metadata", "namespace"], sprintf("Namespace %s", [name])] if {
	some [ref, resource] in _resources
	name := gatekeeper.missing_namespace(_match, resource)
}
`

const givenBy = (template: Template, id: string): string => `
_given := [[ref, resource, given] |
	some [ref, resource] in _resources
	gatekeeper.matched(_match, resource)
	review := gatekeeper.review(resource)${template.readsInventory ? '\n\tinventory := gatekeeper.inventory' : ''}
	some given in ${given(template.kind, id)}${template.readsInventory ? ' with data.inventory as inventory' : ''}
]
`

const undecidable = (engine: string): string => `
violation := set()

subject := set()

undecided contains [0, [], ${literal(`an engine for ${engine}`)}] if gatekeeper.matched(_match, input.resource)
`

/** The control of a constraint: its template's rules, told in the way of the pack contract. */
export const constraintSource = (constraint: Constraint, template: Template, id: string, item: string): RegoSource => ({
  name: `gatekeeper/${constraint.kind}/${constraint.name}.rego`,
  text: [
    head(constraint, template.readsNamespace, item),
    ...(template.rego === undefined
      ? [undecidable(template.engine)]
      : [template.readsInventory ? CLUSTER : RESOURCE, givenBy(template, id), JUDGED]),
  ].join(''),
})
