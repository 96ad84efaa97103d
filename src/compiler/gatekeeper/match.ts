import * as t from 'io-ts'
import { exact } from '../../codec'
import type { JsonObject } from '../../json'

const strings = t.readonlyArray(t.string)

const expression = exact(
  'requirement',
  {
    key: t.string,
    operator: t.keyof({ In: null, NotIn: null, Exists: null, DoesNotExist: null }, 'In, NotIn, Exists or DoesNotExist'),
  },
  { values: strings },
)

const selector = exact(
  'label selector',
  {},
  { matchLabels: t.record(t.string, t.string), matchExpressions: t.readonlyArray(expression) },
)

/** `spec.match` of a constraint: https://open-policy-agent.github.io/gatekeeper/website/docs/howto/#the-match-field */
export const match = exact(
  'match',
  {},
  {
    source: t.keyof({ All: null, Original: null, Generated: null }, 'All, Original or Generated'),
    kinds: t.readonlyArray(exact('kinds', {}, { apiGroups: strings, kinds: strings })),
    scope: t.keyof({ '*': null, Cluster: null, Namespaced: null }, '*, Cluster or Namespaced'),
    namespaces: strings,
    excludedNamespaces: strings,
    labelSelector: selector,
    namespaceSelector: selector,
    name: t.string,
  },
)
export type Match = t.TypeOf<typeof match>

/** With every field filled in, as `lib.gatekeeper` reads it. */
export const filledIn = (given: Match, readsNamespace: boolean): JsonObject => ({
  readsNamespace,
  kinds: (given.kinds ?? []).map(({ apiGroups = [], kinds = [] }) => ({ apiGroups, kinds })),
  scope: given.scope ?? '*',
  namespaces: given.namespaces ?? [],
  excludedNamespaces: given.excludedNamespaces ?? [],
  labelSelector: selectorOf(given.labelSelector),
  namespaceSelector: selectorOf(given.namespaceSelector),
  name: given.name ?? '',
})

const selectorOf = (given: Match['labelSelector'] = {}): JsonObject => ({
  matchLabels: given.matchLabels ?? {},
  matchExpressions: (given.matchExpressions ?? []).map(({ key, operator, values = [] }) => ({ key, operator, values })),
})

/** Whether the labels of a resource's Namespace decide. */
export const readsNamespaces = ({ namespaceSelector: given }: Match): boolean =>
  Object.keys(given?.matchLabels ?? {}).length > 0 || (given?.matchExpressions ?? []).length > 0

/** The kinds of a control that hold all that the match takes: it decides exactly, afterwards. */
export const kindsOf = ({ kinds = [] }: Match): readonly string[] =>
  kinds.length === 0 ? ['*'] : [...new Set(kinds.flatMap((entry) => namesOf(entry.apiGroups ?? [], entry.kinds ?? [])))]

/** `Pod`, which may be another group's `Pod.metrics.k8s.io`; `Pod.*` is the kind of any group. */
export const namesOf = (groups: readonly string[], kinds: readonly string[]): readonly string[] => {
  if (kinds.length === 0 || kinds.includes('*')) return ['*']
  if (groups.length === 0 || groups.includes('*')) return kinds.map((kind) => `${kind}.*`)
  return kinds.flatMap((kind) => [kind, ...groups.map((group) => `${kind}.${group || 'core'}`)])
}
