import { isObject, type Json, type JsonObject, member } from '../json'

const IDENTITY = [
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'managedFields',
  'selfLink',
  'generateName',
  'ownerReferences',
  'name',
  'namespace',
] as const

/** Labels that controllers generate, different on each replica of one configuration. */
const GENERATED_LABELS = [
  'pod-template-hash',
  'controller-revision-hash',
  'pod-template-generation',
  'controller-uid',
  'job-name',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-name',
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
] as const

const GENERATED_ANNOTATIONS = [
  'kubectl.kubernetes.io/last-applied-configuration',
  'deployment.kubernetes.io/revision',
] as const

/** Fields that the selected controls asked for by `reads`, as written there. */
export type AskedFields = ReadonlySet<string>

const without = (
  value: Json | undefined,
  keys: readonly string[],
  asked: AskedFields,
  prefix: string,
  bracketed: boolean,
): JsonObject | undefined => {
  if (!isObject(value)) return undefined
  const dropped = keys.filter(
    (key) => Object.hasOwn(value, key) && !asked.has(bracketed ? `${prefix}[${key}]` : `${prefix}.${key}`),
  )
  if (dropped.length === 0) return value
  const made: Record<string, Json> = {}
  for (const key in value) if (!dropped.includes(key)) made[key] = value[key] as Json
  return made
}

/**
 * A Kubernetes resource without what tells it from its equals, so that equal configurations are one evaluation: identity,
 * generated labels and status go, unless a control reads them.
 */
export const configuration = (value: JsonObject, asked: AskedFields): JsonObject => {
  const made: Record<string, Json> = {}
  for (const key in value) {
    if (key === 'status' && !asked.has('status')) continue
    made[key] = value[key] as Json
  }
  const metadata = without(value['metadata'], IDENTITY, asked, 'metadata', false)
  if (metadata !== undefined) {
    const labels = without(member(metadata, 'labels'), GENERATED_LABELS, asked, 'metadata.labels', true)
    const annotations = without(
      member(metadata, 'annotations'),
      GENERATED_ANNOTATIONS,
      asked,
      'metadata.annotations',
      true,
    )
    made['metadata'] = {
      ...metadata,
      ...(labels === undefined ? {} : { labels }),
      ...(annotations === undefined ? {} : { annotations }),
    }
  }
  return made
}
