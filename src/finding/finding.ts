import type { Severity } from '../catalogue/control'
import type { ControlArgs, ControlId } from '../catalogue/ids.generated'
import type { JsonObject, Path } from '../json'
import type { Location } from '../problem'

/** What a finding is about, as its own world names it. */
export type ResourceIdentity =
  | { readonly apiVersion: string; readonly kind: string; readonly namespace?: string; readonly name: string }
  | { readonly type: string; readonly id: string; readonly name: string }
  | { readonly kind: 'Cluster' }

/** The waiver that accepts a finding. */
export interface AppliedWaiver {
  readonly reason: string
  readonly by: string
  readonly until: string
}

/** The args of a control: typed for the shipped ones, any object for those of other packs. */
export type ArgsOf<Id extends string> = Id extends ControlId ? ControlArgs[Id] : JsonObject

/** A control failing at a resource, a path in it, and a line and column. */
export interface Finding<Id extends string = string> {
  readonly controlId: Id
  readonly item: string
  readonly severity: Severity
  readonly resource: ResourceIdentity
  /** Inside the resource; for Azure in the shape ARM returns it. */
  readonly path: Path
  /** Absent only where nothing in the input stands for what is absent. */
  readonly location?: Location
  /** The source line at the location, masked where the control is sensitive or the line lies in a Secret's data. */
  readonly excerpt?: string
  readonly message: string
  readonly args: ArgsOf<Id>
  readonly remediation: string
  readonly url: string
  /** The same for the same finding in the next run, whatever moved around it. */
  readonly fingerprint: string
  /** The control under whose finding at the same place this one is shown. */
  readonly foldedInto?: string
  readonly waiver?: AppliedWaiver
}

/** True for a finding of that control, which types its args. */
export const isFindingOf = <Id extends ControlId>(id: Id, finding: Finding): finding is Finding<Id> =>
  finding.controlId === id
