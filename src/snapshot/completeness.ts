import { stringAt } from '../json'
import { isBuiltIn } from './kinds'
import type { CollectedKind } from './own-documents'
import type { Resource } from './resource'

/** Whether all resources of a kind, in a namespace or everywhere, are in the snapshot. */
export type Completeness = (kind: string, namespace?: string) => boolean

const covers = (entry: CollectedKind, kind: string, namespace: string | undefined): boolean =>
  entry.kind === kind && (entry.namespace === undefined || entry.namespace === namespace)

/**
 * Completeness by the three ways input comes: plain manifests say nothing about what is not there; `complete` says this is
 * all there is; a snapshot document lists what was collected, and what it refused or does not list is not complete.
 */
export const completenessOf = (
  complete: boolean,
  collected: readonly CollectedKind[] | undefined,
  resources: readonly Resource[],
): Completeness => {
  if (complete) return () => true
  if (collected === undefined) return () => false
  const listed = (kind: string, namespace: string | undefined): boolean => {
    const entries = collected.filter((entry) => covers(entry, kind, namespace))
    return entries.length > 0 && entries.every((entry) => entry.refused !== true)
  }
  const definitions = new Set(
    resources
      .filter(({ kind }) => kind === 'CustomResourceDefinition')
      .map(({ value }) => stringAt(value, ['spec', 'names', 'kind'])),
  )
  const notInstalled = (kind: string): boolean =>
    !isBuiltIn(kind) &&
    !kind.includes('/') &&
    kind !== 'Attestation' &&
    listed('CustomResourceDefinition', undefined) &&
    !definitions.has(kind)
  return (kind, namespace) => listed(kind, namespace) || notInstalled(kind)
}
