import type { Catalogue } from '../catalogue/catalogue'
import type { Control } from '../catalogue/control'
import type { Outcome, Violation } from '../evaluation/outcome'
import { type JsonObject, valueAt } from '../json'
import type { Problem } from '../problem'
import type { Snapshot } from '../snapshot/snapshot'
import type { Finding, ResourceIdentity } from './finding'
import { fingerprint } from './fingerprint'
import { fold } from './fold'
import { fill } from './message'
import { compareFindings } from './order'
import { identityOf, placeOf } from './place'
import { redact } from './redact'
import { type ControlVerdict, verdictOf } from './verdict'
import { waiversInForce } from './waivers'

export interface Findings {
  /** In total order. */
  readonly findings: readonly Finding[]
  /** In the order of the outcomes. */
  readonly verdicts: readonly ControlVerdict[]
  readonly problems: readonly Problem[]
}

/** Outcomes to findings and verdicts: places, messages, waivers, folding, order. */
export const findingsOf = (outcomes: readonly Outcome[], snapshot: Snapshot, catalogue: Catalogue): Findings => {
  const { waiverOf, problems } = waiversInForce(snapshot, (id) => catalogue.control(id) !== undefined)
  const made = outcomes.flatMap(({ control, violations }) => {
    const seen = new Map<string, number>()
    return violations.map((violation): Finding => {
      const resource = identityOf(violation.target)
      const waiver = waiverOf(control.id, resource)
      return {
        ...draft(control, violation, resource, snapshot, catalogue, seen),
        ...(waiver === undefined ? {} : { waiver }),
      }
    })
  })
  const order = compareFindings(snapshot)
  const findings = [...fold(unique(made), (id) => catalogue.control(id))].sort(order)
  const byControl = new Map<string, Finding[]>()
  for (const finding of findings) {
    const own = byControl.get(finding.controlId)
    if (own === undefined) byControl.set(finding.controlId, [finding])
    else own.push(finding)
  }
  return {
    findings,
    verdicts: outcomes.map((outcome) => verdictOf(outcome, byControl.get(outcome.control.id) ?? [])),
    problems,
  }
}

const draft = (
  control: Control,
  { target, path, args, severity }: Violation,
  resource: ResourceIdentity,
  snapshot: Snapshot,
  catalogue: Catalogue,
  seen: Map<string, number>,
): Finding => {
  const place = placeOf(snapshot, target, path, control.sensitive)
  const shown: JsonObject = control.sensitive ? redact(args, valueAt(target.resource?.value, path)) : args
  const values: JsonObject = { ...names(resource), ...shown }
  const first = fingerprint(control.id, resource, path, args, 0)
  const ordinal = seen.get(first) ?? 0
  seen.set(first, ordinal + 1)
  return {
    controlId: control.id,
    item: control.item,
    severity,
    resource,
    path,
    ...place,
    message: fill(control.message, values),
    args: shown,
    remediation: fill(control.remediation, values),
    url: control.relatedResources[0] ?? catalogue.item(control.item)?.links[0]?.url ?? '',
    fingerprint: ordinal === 0 ? first : fingerprint(control.id, resource, path, args, ordinal),
  }
}

const names = (resource: ResourceIdentity): JsonObject => ({
  name: 'name' in resource ? resource.name : 'the cluster',
  namespace: 'namespace' in resource && resource.namespace !== undefined ? resource.namespace : '',
  kind: 'kind' in resource ? resource.kind : resource.type,
})

/** The same finding may come from several units, one for each managed cluster; it is one finding. */
const unique = (findings: readonly Finding[]): readonly Finding[] => {
  const seen = new Set<string>()
  return findings.filter((finding) => {
    const key = JSON.stringify([finding.controlId, finding.resource, finding.path, finding.args, finding.location])
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
