import { locationIn } from '../manifest/index'
import type { Problem } from '../problem'
import { problem } from '../problem'
import type { PlacedWaiver, Snapshot } from '../snapshot/snapshot'
import type { AppliedWaiver, ResourceIdentity } from './finding'

/** The waiver in force for a finding of a control at a resource. */
export type WaiverLookup = (controlId: string, resource: ResourceIdentity) => AppliedWaiver | undefined

const matches = (selector: PlacedWaiver['waiver']['resource'], resource: ResourceIdentity): boolean => {
  const fields: Readonly<Record<string, unknown>> = { ...resource }
  return Object.entries(selector).every(([field, wanted]) => {
    const found = fields[field]
    return field === 'id' && typeof found === 'string' ? found.toLowerCase() === wanted.toLowerCase() : found === wanted
  })
}

/** A date alone means the whole day, in UTC. */
const endOf = (until: string): number => Date.parse(until.length === 10 ? `${until}T23:59:59.999Z` : until)

/** The waivers in force at the snapshot's time; those that ended, or cannot be dated, are problems. */
export const waiversInForce = (
  snapshot: Snapshot,
  isControl: (id: string) => boolean,
): { readonly waiverOf: WaiverLookup; readonly problems: readonly Problem[] } => {
  const problems: Problem[] = []
  const inForce = snapshot.waivers.filter(({ waiver, origin }) => {
    const document = snapshot.documents[origin.document]
    const at = (field: string) => (document === undefined ? undefined : locationIn(document, [...origin.path, field]))
    if (!isControl(waiver.control)) {
      problems.push(problem('own-document-unknown-id', { kind: 'Waiver', id: waiver.control }, at('control')))
      return false
    }
    if (snapshot.now === undefined) {
      problems.push(problem('waiver-undated', { control: waiver.control }, at('until')))
      return false
    }
    const now = Date.parse(snapshot.now)
    if (endOf(waiver.until) < now) {
      problems.push(problem('waiver-expired', { control: waiver.control, until: waiver.until }, at('until')))
      return false
    }
    return true
  })
  return {
    problems,
    waiverOf: (controlId, resource) => {
      const found = inForce.find(
        ({ waiver }) => waiver.control === controlId && matches(waiver.resource, resource),
      )?.waiver
      return found === undefined ? undefined : { reason: found.reason, by: found.by, until: found.until }
    },
  }
}
