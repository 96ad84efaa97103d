import * as E from 'fp-ts/Either'
import * as t from 'io-ts'
import { decode, pathText } from '../../codec'
import type { JsonObject } from '../../json'
import { type Problem, problem } from '../../problem'
import { expanded } from '../control-metadata'
import { literal } from '../foreign-rego'
import type { RegoSource } from '../source'
import { type ConftestRule, exceptionOf } from './rules'

const strings = t.readonlyArray(t.string)

/** The fields of `custom` that a control has; others are the author's own. */
const custom = t.partial({
  id: t.string,
  item: t.string,
  severity: t.string,
  tier: t.keyof({ core: null, extended: null }, 'core or extended'),
  kinds: strings,
  needs: strings,
  owned: t.boolean,
  remediation: t.string,
  mappings: t.record(t.string, strings),
})
type Custom = t.TypeOf<typeof custom>

/** A rule as a control: its entry in the catalogue, and the Rego that tells it in the way of the pack contract. */
export interface ConftestControl {
  readonly rule: ConftestRule
  readonly control: JsonObject
  readonly source: RegoSource
}

const nameOf = (rule: ConftestRule): string => [...rule.package, rule.name].join('.')

const SEVERITIES: readonly string[] = ['critical', 'high', 'medium', 'low']

const severityOf = (rule: ConftestRule, said: Custom): string => {
  const stated = said.severity?.toLowerCase() ?? ''
  return SEVERITIES.includes(stated) ? stated : rule.name.startsWith('warn') ? 'medium' : 'high'
}

/** METADATA of the rule goes before that of its package, whose id is a rule's only where there is one. */
const saidOf = ({ own, shared, alone }: ConftestRule): E.Either<Problem, Custom> => {
  const { id: _, ...common } = shared?.custom ?? {}
  const read = decode(custom, { ...(alone ? shared?.custom : common), ...own?.custom })
  if (E.isRight(read)) return read
  const { path, expected } = read.left
  const reason = `custom.${pathText(path)}: expected ${expected}`
  return E.left(problem('rego-error', { regoCode: 'metadata_error', reason }, (own ?? shared)?.location))
}

/** Makes the control of a rule. Left: a field of `custom` that a control has, of another type. */
export const conftestControl = (rule: ConftestRule, item: string): E.Either<Problem, ConftestControl> => {
  const read = saidOf(rule)
  if (E.isLeft(read)) return read
  const said = read.right
  const name = nameOf(rule)
  const texts = rule.own ?? (rule.alone ? rule.shared : undefined)
  const under = said.item ?? item
  return E.right({
    rule,
    control: {
      id: said.id ?? name,
      item: under,
      name,
      title: texts?.title || titled(rule),
      description:
        texts?.description.trim() || `The rule ${rule.name} of the Conftest package ${rule.package.join('.')}.`,
      severity: severityOf(rule, said),
      tier: said.tier ?? 'core',
      unit: 'resource',
      kinds: said.kinds === undefined ? ['*'] : expanded(said.kinds),
      reads: { '*': ['*'] },
      needs: said.needs ?? [],
      // Conftest judges each document, whoever made the object.
      owned: said.owned ?? true,
      parameters: {},
      args: { msg: 'string', details: 'object' },
      message: '{msg}',
      remediation: said.remediation ?? `Change {kind} {name} so that ${name} gives nothing for it.`,
      sensitive: false,
      folds: [],
      mappings: said.mappings ?? {},
      relatedResources: (texts?.relatedResources ?? []).map(({ ref }) => ref),
      rules: { undecided: true, subject: false },
    },
    source: sourceOf(rule, under, name),
  })
}

const titled = ({ shared, name, package: path }: ConftestRule): string => `${shared?.title || path.join('.')}: ${name}`

const ref = (path: readonly string[]): string => `data${path.map((segment) => `[${literal(segment)}]`).join('')}`

const sourceOf = (rule: ConftestRule, item: string, name: string): RegoSource => ({
  name: `conftest/${name}.rego`,
  text: `package controls[${literal(item.toLowerCase())}][${literal(name)}]

import rego.v1

import data.lib.result

violation contains result.row(0, input.resource, given) if {
	some given in _given
}

undecided contains [0, [], result.no_message] if {
	some given in _given
	result.unreadable(given)
}

_given := [given |
	not _excepted
	some given in ${ref([...rule.package, rule.name])} with input as input.resource
]

_excepted if {
	some names in ${ref([...rule.package, 'exception'])} with input as input.resource
	${literal(exceptionOf(rule.name))} in names
}
`,
})
