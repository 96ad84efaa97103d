import * as E from 'fp-ts/Either'
import type * as t from 'io-ts'
import { decode, pathText } from '../codec'
import { type JsonObject, stringAt } from '../json'
import { type Document, locationIn } from '../manifest/index'
import { type Problem, problem } from '../problem'
import { readAzure } from './azure'
import { type Completeness, completenessOf } from './completeness'
import { deduplicate } from './duplicates'
import { entriesOf, isEmptyList } from './entries'
import { kindKey, landingNamespace } from './kinds'
import {
  attestation,
  attestationPath,
  type CollectedKind,
  meantAttestation,
  OWN_API_VERSION,
  type SnapshotDocument,
  snapshotDocument,
  type Waiver,
  waiver,
} from './own-documents'
import { withOwners } from './owners'
import type { Origin, Resource } from './resource'

/** What is said of the input beside its texts. */
export interface SnapshotOptions {
  /** The instant to judge at where the snapshot document gives none. */
  readonly now?: string
  /** This input is all there is. */
  readonly complete?: boolean
  /** The id or name of the managed cluster that the Kubernetes objects belong to. */
  readonly cluster?: string
  /** `1.34`; where no managed cluster in the input says it. */
  readonly kubernetesVersion?: string
}

/** A waiver and where it stands. */
export interface PlacedWaiver {
  readonly waiver: Waiver
  readonly origin: Origin
}

/** The value that is judged: all resources of the input, and what is known about how they were collected. */
export interface Snapshot {
  readonly mode: 'manifests' | 'cluster'
  readonly documents: readonly Document[]
  readonly resources: readonly Resource[]
  readonly waivers: readonly PlacedWaiver[]
  /** The instant to judge at; absent where nobody gave one. Never the machine's clock. */
  readonly now?: string
  readonly takenAt?: string
  readonly kubernetesVersion?: string
  readonly collected: readonly CollectedKind[]
  readonly isComplete: Completeness
  readonly managedClusters: readonly Resource[]
  /** The managed cluster that the Kubernetes objects belong to; absent with none, or with several and none named. */
  readonly cluster?: Resource
  /** Where the snapshot document stands. */
  readonly origin?: Origin
}

export const MANAGED_CLUSTER = 'Microsoft.ContainerService/managedClusters'

interface Draft {
  readonly resources: Resource[]
  readonly waivers: PlacedWaiver[]
  readonly problems: Problem[]
  snapshot?: { readonly document: SnapshotDocument; readonly origin: Origin }
}

/** Documents to a snapshot. Each document is read for itself; then owners, duplicates and the cluster are resolved. */
export const createSnapshot = (
  documents: readonly Document[],
  options: SnapshotOptions = {},
): { readonly snapshot: Snapshot; readonly problems: readonly Problem[] } => {
  const draft: Draft = { resources: [], waivers: [], problems: [] }
  documents.forEach((document, at) => {
    readDocument(document, at, draft)
  })
  const unique = deduplicate(draft.resources, documents)
  const resources = withOwners(unique.resources)
  const managedClusters = resources.filter(({ kind }) => kind === MANAGED_CLUSTER)
  const named = options.cluster ?? draft.snapshot?.document.cluster
  const cluster = clusterOf(managedClusters, named)
  const taken = draft.snapshot?.document
  const now = taken?.takenAt ?? options.now
  const version =
    stringAt(cluster?.value, ['properties', 'currentKubernetesVersion']) ??
    stringAt(cluster?.value, ['properties', 'kubernetesVersion']) ??
    taken?.kubernetesVersion ??
    options.kubernetesVersion
  const problems = [...draft.problems, ...unique.problems, ...clusterProblems(managedClusters, named, resources)]
  return {
    problems,
    snapshot: {
      mode: options.complete === true || taken !== undefined ? 'cluster' : 'manifests',
      documents,
      resources,
      waivers: draft.waivers,
      ...(now === undefined ? {} : { now }),
      ...(taken?.takenAt === undefined ? {} : { takenAt: taken.takenAt }),
      ...(version === undefined ? {} : { kubernetesVersion: version }),
      collected: taken?.collected ?? [],
      isComplete: completenessOf(
        options.complete === true,
        taken?.collected ?? (taken === undefined ? undefined : []),
        resources,
      ),
      managedClusters,
      ...(cluster === undefined ? {} : { cluster }),
      ...(draft.snapshot === undefined ? {} : { origin: draft.snapshot.origin }),
    },
  }
}

const readDocument = (document: Document, at: number, draft: Draft): void => {
  if (isEmptyList(document.value)) return
  const entries = entriesOf(document.value)
  let understood = 0
  for (const { value, path } of entries) understood += readEntry(value, { document: at, path }, document, draft) ? 1 : 0
  if (understood === 0) {
    draft.problems.push(
      problem(
        'document-unidentified',
        { source: document.source, document: document.index + 1 },
        locationIn(document, []),
      ),
    )
  }
}

const readEntry = (value: JsonObject, origin: Origin, document: Document, draft: Draft): boolean => {
  const { apiVersion, kind } = value
  if (typeof apiVersion === 'string' && apiVersion.startsWith('aks-checklist/')) {
    readOwn(value, origin, document, draft)
    return true
  }
  const azure = readAzure(value)
  if (azure !== undefined) {
    for (const found of azure) {
      draft.resources.push({
        from: 'azure',
        index: draft.resources.length,
        kind: found.type,
        name: found.name,
        ...(found.id === undefined ? {} : { id: found.id }),
        value: found.resource,
        origin: { document: origin.document, path: [...origin.path, ...found.path] },
      })
    }
    return true
  }
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return false
  readKubernetes(value, apiVersion, kind, origin, document, draft)
  return true
}

const readKubernetes = (
  value: JsonObject,
  apiVersion: string,
  stated: string,
  origin: Origin,
  document: Document,
  draft: Draft,
): void => {
  const kind = kindKey(apiVersion, stated)
  const name = stringAt(value, ['metadata', 'name']) ?? stringAt(value, ['metadata', 'generateName']) ?? ''
  const namespace = landingNamespace(kind, stringAt(value, ['metadata', 'namespace']))
  if (name === '') {
    draft.problems.push(
      problem(
        'resource-malformed',
        { resource: `A ${stated}`, path: 'metadata.name', expected: 'a string' },
        locationIn(document, [...origin.path, 'metadata', 'name']),
      ),
    )
  }
  draft.resources.push({
    from: 'kubernetes',
    index: draft.resources.length,
    kind,
    apiVersion,
    name,
    ...(namespace === undefined ? {} : { namespace }),
    value,
    origin,
  })
}

const readOwn = (written: JsonObject, origin: Origin, document: Document, draft: Draft): void => {
  const kind = typeof written['kind'] === 'string' ? written['kind'] : ''
  const value = kind === 'Attestation' ? meantAttestation(written) : written
  const as = <A>(codec: t.Type<A, unknown, unknown>): A | undefined => {
    const result = decode(codec, value)
    if (E.isRight(result)) return result.right
    const { path, expected } = result.left
    draft.problems.push(
      problem(
        'own-document-invalid',
        { kind, path: pathText(path), expected },
        locationIn(document, [...origin.path, ...attestationPath(written, path)]),
      ),
    )
    return undefined
  }
  switch (kind) {
    case 'Attestation': {
      const read = as(attestation)
      if (read === undefined) return
      draft.resources.push({
        from: 'own',
        index: draft.resources.length,
        kind,
        apiVersion: OWN_API_VERSION,
        name: read.control,
        value,
        origin,
      })
      return
    }
    case 'Waiver': {
      const read = as(waiver)
      if (read !== undefined) draft.waivers.push({ waiver: read, origin })
      return
    }
    case 'Snapshot': {
      const read = as(snapshotDocument)
      if (read === undefined) return
      draft.snapshot = { document: read, origin }
      read.resources?.forEach((resource, at) => {
        for (const entry of entriesOf(resource, [...origin.path, 'resources', at])) {
          readEntry(entry.value, { document: origin.document, path: entry.path }, document, draft)
        }
      })
      return
    }
    default:
      draft.problems.push(
        problem(
          'own-document-invalid',
          { kind: kind || OWN_API_VERSION, path: 'kind', expected: 'Attestation, Waiver or Snapshot' },
          locationIn(document, [...origin.path, 'kind']),
        ),
      )
  }
}

const sameText = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

const isNamed = (resource: Resource, name: string): boolean =>
  sameText(resource.name, name) ||
  (resource.from === 'azure' && resource.id !== undefined && sameText(resource.id, name))

const clusterOf = (clusters: readonly Resource[], named: string | undefined): Resource | undefined =>
  named === undefined
    ? clusters.length === 1
      ? clusters[0]
      : undefined
    : clusters.find((cluster) => isNamed(cluster, named))

const clusterProblems = (
  clusters: readonly Resource[],
  named: string | undefined,
  resources: readonly Resource[],
): readonly Problem[] => {
  const known = clusters.map(({ name }) => name)
  if (named !== undefined) {
    return clusters.length === 0 || clusters.some((cluster) => isNamed(cluster, named))
      ? []
      : [problem('cluster-unknown', { cluster: named, known })]
  }
  return clusters.length > 1 && resources.some(({ from }) => from === 'kubernetes')
    ? [problem('cluster-ambiguous', { clusters: known })]
    : []
}
