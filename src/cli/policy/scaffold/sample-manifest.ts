/** How a sample of a kind is written: what stands around its labels. */
interface Shape {
  readonly apiVersion: string
  readonly clusterScoped?: true
  /** What follows `metadata`. */
  readonly body: string
}

const indented = (text: string, by: number): string =>
  text
    .split('\n')
    .map((line) => `${' '.repeat(by)}${line}`)
    .join('\n')

const POD = `containers:
  - name: web
    image: contoso.azurecr.io/web:1.4.2`

const TEMPLATE = `template:
  metadata:
    labels: {app: web}
  spec:
${indented(POD, 4)}`

const SELECTED = `selector:
  matchLabels: {app: web}
${TEMPLATE}`

const ONCE = `template:
  spec:
    restartPolicy: Never
${indented(POD, 4)}`

const spec = (text: string): string => `spec:\n${indented(text, 2)}`

const SHAPES: Readonly<Record<string, Shape>> = {
  Deployment: { apiVersion: 'apps/v1', body: spec(SELECTED) },
  StatefulSet: { apiVersion: 'apps/v1', body: spec(`serviceName: web\n${SELECTED}`) },
  DaemonSet: { apiVersion: 'apps/v1', body: spec(SELECTED) },
  ReplicaSet: { apiVersion: 'apps/v1', body: spec(SELECTED) },
  ReplicationController: { apiVersion: 'v1', body: spec(`selector: {app: web}\n${TEMPLATE}`) },
  Pod: { apiVersion: 'v1', body: spec(POD) },
  PodTemplate: { apiVersion: 'v1', body: TEMPLATE },
  Job: { apiVersion: 'batch/v1', body: spec(ONCE) },
  CronJob: { apiVersion: 'batch/v1', body: spec(`schedule: "0 3 * * *"\njobTemplate:\n  spec:\n${indented(ONCE, 4)}`) },
  Service: { apiVersion: 'v1', body: spec('selector: {app: web}\nports:\n  - port: 80') },
  Ingress: {
    apiVersion: 'networking.k8s.io/v1',
    body: spec('defaultBackend:\n  service:\n    name: web\n    port: {number: 80}'),
  },
  NetworkPolicy: { apiVersion: 'networking.k8s.io/v1', body: spec('podSelector: {}\npolicyTypes: [Ingress]') },
  ConfigMap: { apiVersion: 'v1', body: 'data: {level: info}' },
  Secret: { apiVersion: 'v1', body: 'type: Opaque' },
  ServiceAccount: { apiVersion: 'v1', body: 'automountServiceAccountToken: false' },
  PersistentVolumeClaim: {
    apiVersion: 'v1',
    body: spec('accessModes: [ReadWriteOnce]\nresources:\n  requests: {storage: 1Gi}'),
  },
  Namespace: { apiVersion: 'v1', clusterScoped: true, body: spec('finalizers: [kubernetes]') },
}

/** The kinds that samples can be written of; `workloads` is shown by a Deployment. */
export const SAMPLE_KINDS: readonly string[] = ['workloads', ...Object.keys(SHAPES)]

/** A manifest of the kind. `labels` is the text of its labels with what a marker says, `mark` what stands beside `metadata`. */
export const sampleManifest = (
  kind: string,
  { labels = '', mark = '' }: { labels?: string; mark?: string },
): string => {
  const sampled = kind === 'workloads' ? 'Deployment' : kind
  const shape = SHAPES[sampled]
  if (shape === undefined) throw new RangeError(`${kind} has no sample`)
  return [
    `apiVersion: ${shape.apiVersion}`,
    `kind: ${sampled}`,
    `metadata:${mark}`,
    '  name: web',
    ...(shape.clusterScoped === true ? [] : ['  namespace: shop']),
    ...(labels === '' ? [] : [indented(labels, 2)]),
    shape.body,
  ].join('\n')
}
