import type { Target } from '../evaluation/outcome'
import { isArray, isObject, type Path, valueAt } from '../json'
import { type Document, locationIn } from '../manifest/index'
import type { Location } from '../problem'
import { sourcePath } from '../snapshot/azure'
import { attestationPath } from '../snapshot/own-documents'
import type { Origin, Resource } from '../snapshot/resource'
import type { Snapshot } from '../snapshot/snapshot'
import type { ResourceIdentity } from './finding'
import { MASK } from './redact'

const LONGEST_EXCERPT = 160
/** More of a line than this is not looked at: enough for a key and what can be shown of its value. */
const LONGEST_FIELD = 1_000

/** Where a finding stands in the input, and what the line says there. */
export interface Place {
  readonly location?: Location
  readonly excerpt?: string
}

/** What a target is called in reports. */
export const identityOf = (target: Target): ResourceIdentity => {
  const { resource } = target
  if (target.is === 'namespace') return { apiVersion: 'v1', kind: 'Namespace', name: target.name }
  if (target.is === 'cluster' || resource === undefined) return { kind: 'Cluster' }
  switch (resource.from) {
    case 'kubernetes': {
      const kind = resource.value['kind']
      return {
        apiVersion: resource.apiVersion,
        kind: typeof kind === 'string' ? kind : resource.kind,
        ...(resource.namespace === undefined ? {} : { namespace: resource.namespace }),
        name: resource.name,
      }
    }
    case 'azure':
      return { type: resource.kind, id: resource.id ?? '', name: resource.name }
    case 'own':
      return { apiVersion: resource.apiVersion, kind: resource.kind, name: resource.name }
  }
}

/**
 * The place of a path in a target. What is absent has the place of what stands for it: the Namespace or the managed
 * cluster, then the snapshot document, then none.
 */
export const placeOf = (snapshot: Snapshot, target: Target, path: Path, sensitive: boolean): Place => {
  const { resource } = target
  if (resource === undefined)
    return snapshot.origin === undefined ? {} : placeAt(snapshot, snapshot.origin, [], sensitive)
  return placeAt(
    snapshot,
    resource.origin,
    writtenPath(snapshot, resource, path),
    sensitive || isSecretData(resource, path),
  )
}

/** A path as the document has it, where reading changed names. */
const writtenPath = (snapshot: Snapshot, resource: Resource, path: Path): Path => {
  if (resource.from === 'kubernetes') return path
  const raw = valueAt(snapshot.documents[resource.origin.document]?.value, resource.origin.path)
  return resource.from === 'azure' ? sourcePath(raw ?? null, path) : attestationPath(raw, path)
}

const isSecretData = (resource: Resource, path: Path): boolean =>
  resource.kind === 'Secret' && (path.length === 0 || path[0] === 'data' || path[0] === 'stringData')

const placeAt = (snapshot: Snapshot, origin: Origin, path: Path, sensitive: boolean): Place => {
  const document = snapshot.documents[origin.document]
  if (document === undefined) return {}
  const whole = [...origin.path, ...path]
  const location = locationIn(document, whole)
  return { location, excerpt: excerptOf(document, whole, location, sensitive) }
}

/**
 * The located field's part of its first line. Only a scalar is shown whole: a structure written on one line, as compact JSON is, may
 * hold anything, secrets of other fields too.
 */
const excerptOf = (document: Document, path: Path, { start, end }: Location, sensitive: boolean): string => {
  const line = document.lineText(start.line)
  const from = start.column - 1
  const to = start.line === end.line ? end.column - 1 : line.length
  const field = line.slice(from, Math.min(to, from + LONGEST_FIELD))
  const value = closest(document, path)
  const structured = isObject(value) || isArray(value)
  const shown = sensitive ? masked(field) : structured ? opened(field, start.line === end.line) : field.trimEnd()
  return shown.length > LONGEST_EXCERPT ? `${shown.slice(0, LONGEST_EXCERPT)}…` : shown
}

const closest = (document: Document, path: Path): ReturnType<typeof valueAt> => {
  for (let length = path.length; length > 0; length -= 1) {
    const value = valueAt(document.value, path.slice(0, length))
    if (value !== undefined) return value
  }
  return document.value
}

const masked = (field: string): string => {
  const colon = field.indexOf(':')
  return colon < 0 || colon === field.trimEnd().length - 1
    ? colon < 0
      ? MASK
      : field.trimEnd()
    : `${field.slice(0, colon + 1)} ${MASK}`
}

/** A structure up to where it opens: `containers:` of a block, `"containers": [` of JSON. */
const opened = (field: string, onOneLine: boolean): string => {
  const bracket = field.search(/[{[]/)
  if (bracket < 0) return field.trimEnd()
  return onOneLine || field.slice(bracket + 1).trim() !== '' ? `${field.slice(0, bracket + 1)}…` : field.trimEnd()
}
