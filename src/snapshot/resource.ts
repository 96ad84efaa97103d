import type { JsonObject, Path } from '../json'

/** Where a resource stands in the input. */
export interface Origin {
  /** Position of the document among all documents of the input. */
  readonly document: number
  /** Path of the resource inside the document, `['items', 3]` for a list entry. */
  readonly path: Path
}

interface Common {
  /** Position in the snapshot. */
  readonly index: number
  /** `Pod`; `Service.serving.knative.dev` where another group uses a well-known name; an ARM type; `Attestation`. */
  readonly kind: string
  readonly name: string
  readonly value: JsonObject
  readonly origin: Origin
  /** The snapshot position of the controller this resource is judged at. */
  readonly owner?: number
}

export interface KubernetesResource extends Common {
  readonly from: 'kubernetes'
  readonly apiVersion: string
  /** The namespace it lands in: `default` where a namespaced kind names none; absent for cluster-scoped kinds. */
  readonly namespace?: string
}

export interface AzureResourceEntry extends Common {
  readonly from: 'azure'
  readonly id?: string
}

/** An attestation; its kind is `Attestation`, its name the control it speaks of. */
export interface OwnResource extends Common {
  readonly from: 'own'
  readonly apiVersion: string
}

/** A Kubernetes object, an Azure resource, or one of the project's own kinds. */
export type Resource = KubernetesResource | AzureResourceEntry | OwnResource

/** The namespace of a resource, absent for what has none. */
export const namespaceOf = (resource: Resource): string | undefined =>
  resource.from === 'kubernetes' ? resource.namespace : undefined
