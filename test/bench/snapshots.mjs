/**
 * Generated snapshots, the same at every run: `realistic` as kubectl prints a cluster, `worst` with no two workloads alike.
 */

/** A pair of numbers from a sequence that repeats itself in every run. */
const sequence = (seed) => {
  let state = seed
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state % limit
  }
}

const TIME = '2026-04-30T06:00:00Z'

const managedFields = (manager, spec) => [
  {
    apiVersion: 'apps/v1',
    fieldsType: 'FieldsV1',
    fieldsV1: {
      'f:metadata': {
        'f:annotations': { '.': {}, 'f:deployment.kubernetes.io/revision': {} },
        'f:labels': { '.': {}, 'f:app': {} },
      },
      'f:spec': spec,
    },
    manager,
    operation: 'Update',
    time: TIME,
  },
]

const TEMPLATE_FIELDS = {
  'f:replicas': {},
  'f:template': {
    'f:spec': {
      'f:containers': {
        'k:{"name":"app"}': {
          '.': {},
          'f:env': { '.': {} },
          'f:image': {},
          'f:ports': {},
          'f:resources': { 'f:limits': {}, 'f:requests': {} },
        },
      },
    },
  },
}

/** One application in five was written in a hurry; its containers say nothing of their rights. */
const HARDENED = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
}

const container = (name, image, next, isHardened) => ({
  name,
  image,
  imagePullPolicy: 'IfNotPresent',
  env: [
    { name: 'PORT', value: '8080' },
    { name: 'LOG_LEVEL', value: 'info' },
    { name: 'DATABASE', valueFrom: { secretKeyRef: { name: 'database', key: 'url' } } },
  ],
  ports: [{ containerPort: 8080, protocol: 'TCP' }],
  readinessProbe: { httpGet: { path: '/ready', port: 8080, scheme: 'HTTP' }, periodSeconds: 10, timeoutSeconds: 1 },
  resources: {
    limits: { cpu: `${200 + next(8) * 100}m`, memory: '256Mi' },
    requests: { cpu: '100m', memory: '128Mi' },
  },
  ...(isHardened ? { securityContext: HARDENED } : {}),
  terminationMessagePath: '/dev/termination-log',
  volumeMounts: [{ name: 'config', mountPath: '/etc/app', readOnly: true }],
})

const podSpec = (name, images, next, isHardened) => ({
  containers: images.map((image, at) => container(at === 0 ? 'app' : `side-${at}`, image, next, isHardened)),
  dnsPolicy: 'ClusterFirst',
  restartPolicy: 'Always',
  schedulerName: 'default-scheduler',
  securityContext: { fsGroup: 2000 },
  serviceAccountName: name,
  terminationGracePeriodSeconds: 30,
  volumes: [{ name: 'config', configMap: { name, defaultMode: 420 } }],
})

/** Hands out identities as an API server does. */
const identities = () => {
  let made = 0
  return (name, namespace, labels, owner) => {
    made += 1
    return {
      creationTimestamp: TIME,
      labels,
      name,
      namespace,
      resourceVersion: String(100_000 + made),
      uid: `7f9d1c2a-0000-4000-8000-${String(made).padStart(12, '0')}`,
      ...(owner === undefined
        ? {}
        : {
            ownerReferences: [
              {
                apiVersion: owner.apiVersion,
                blockOwnerDeletion: true,
                controller: true,
                kind: owner.kind,
                name: owner.metadata.name,
                uid: owner.metadata.uid,
              },
            ],
          }),
    }
  }
}

const podStatus = (images) => ({
  conditions: ['Initialized', 'Ready', 'ContainersReady', 'PodScheduled'].map((type) => ({
    lastProbeTime: null,
    lastTransitionTime: TIME,
    status: 'True',
    type,
  })),
  containerStatuses: images.map((image, at) => ({
    image,
    imageID: `${image.split(':')[0]}@sha256:${String(at).repeat(64)}`,
    name: at === 0 ? 'app' : `side-${at}`,
    ready: true,
    restartCount: 0,
    started: true,
    state: { running: { startedAt: TIME } },
  })),
  hostIP: '10.224.0.4',
  phase: 'Running',
  podIP: '10.244.1.17',
  qosClass: 'Burstable',
  startTime: TIME,
})

/** One application: Deployment, ReplicaSet, 10 to 30 Pods, and what stands around them. */
const application = (name, namespace, meta, next) => {
  const labels = { app: name, 'app.kubernetes.io/part-of': namespace }
  const images = [`contoso.azurecr.io/${name}:1.${next(40)}.0`, 'contoso.azurecr.io/proxy:2.4.1']
  const isHardened = next(5) > 0
  const spec = podSpec(name, images, next, isHardened)
  const template = { metadata: { creationTimestamp: null, labels }, spec }
  const replicas = 10 + next(21)
  const workload = (kind, metadata) => ({
    apiVersion: 'apps/v1',
    kind,
    metadata: {
      annotations: { 'deployment.kubernetes.io/revision': '3' },
      ...metadata,
      generation: 3,
      managedFields: managedFields('kubectl', TEMPLATE_FIELDS),
    },
    spec: { replicas, selector: { matchLabels: { app: name } }, template },
    status: { availableReplicas: replicas, observedGeneration: 3, readyReplicas: replicas, replicas },
  })
  const deployment = workload('Deployment', meta(name, namespace, labels))
  const hashed = { ...labels, 'pod-template-hash': '6d5f8c7b9' }
  const replicaSet = workload('ReplicaSet', meta(`${name}-6d5f8c7b9`, namespace, hashed, deployment))
  const pods = Array.from({ length: replicas }, (_, at) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...meta(`${name}-6d5f8c7b9-${at.toString(36).padStart(5, 'x')}`, namespace, hashed, replicaSet),
      managedFields: managedFields('kube-controller-manager', { 'f:containers': {} }),
    },
    spec: { ...spec, nodeName: `aks-pool-${next(50)}` },
    status: podStatus(images),
  }))
  const plain = (apiVersion, kind, rest) => ({
    apiVersion,
    kind,
    metadata: { ...meta(name, namespace, labels), managedFields: managedFields('kubectl', { 'f:data': {} }) },
    ...rest,
  })
  const rbac = 'rbac.authorization.k8s.io'
  return [
    deployment,
    replicaSet,
    ...pods,
    plain('v1', 'ConfigMap', { data: { 'app.yaml': `name: ${name}\n${'setting: value\n'.repeat(20)}` } }),
    plain('v1', 'Secret', { type: 'Opaque', data: { url: 'cG9zdGdyZXM6Ly9kYXRhYmFzZQ==' } }),
    plain('v1', 'Service', {
      spec: {
        clusterIP: '10.0.12.4',
        ports: [{ port: 80, targetPort: 8080 }],
        selector: { app: name },
        type: 'ClusterIP',
      },
    }),
    plain('v1', 'ServiceAccount', { automountServiceAccountToken: !isHardened }),
    plain(`${rbac}/v1`, 'Role', { rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'watch'] }] }),
    plain(`${rbac}/v1`, 'RoleBinding', {
      roleRef: { apiGroup: rbac, kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name, namespace }],
    }),
  ]
}

const cluster = {
  id: '/subscriptions/11111111-0000-4000-8000-000000000001/resourceGroups/bench/providers/Microsoft.ContainerService/managedClusters/bench',
  name: 'bench',
  type: 'Microsoft.ContainerService/ManagedClusters',
  location: 'westeurope',
  properties: {
    currentKubernetesVersion: '1.35.2',
    enableRBAC: true,
    networkProfile: { networkPolicy: 'cilium', outboundType: 'userDefinedRouting' },
  },
}

const defaultDeny = (namespace, meta) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: meta('default-deny', namespace, {}),
  spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
})

/** A cluster as `kubectl get -o json` prints it, in 50 to 500 namespaces. */
export const realistic = (count) => {
  const next = sequence(count)
  const meta = identities()
  const namespaces = Math.max(50, Math.min(500, Math.floor(count / 200)))
  const items = [cluster]
  for (let at = 0; at < namespaces && items.length < count; at += 1) {
    const name = `team-${at}`
    items.push({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
      status: { phase: 'Active' },
    })
    items.push(defaultDeny(name, meta))
  }
  for (let at = 0; items.length < count; at += 1)
    items.push(...application(`app-${at}`, `team-${at % namespaces}`, meta, next))
  return { apiVersion: 'v1', kind: 'List', items: items.slice(0, count), metadata: { resourceVersion: '' } }
}

/** What a workload of 1.5 KB has room for. */
const smallContainer = (name, image, next) => ({
  name,
  image,
  args: [`--port=${8000 + next(1000)}`, `--workers=${1 + next(16)}`],
  env: [{ name: 'LOG_LEVEL', value: `info,${name}=debug` }],
  ports: [{ containerPort: 8080 }],
  resources: { limits: { memory: `${64 + next(900)}Mi` }, requests: { cpu: `${10 + next(900)}m` } },
  securityContext: { allowPrivilegeEscalation: false, runAsNonRoot: true, runAsUser: 1000 + next(9000) },
  volumeMounts: [{ name: 'config', mountPath: `/etc/${name}` }],
})

const workload = (at, metadata, spec) =>
  at % 2 === 0
    ? { apiVersion: 'v1', kind: 'Pod', metadata, spec }
    : {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata,
        spec: {
          replicas: 2,
          selector: { matchLabels: metadata.labels },
          template: { metadata: { labels: metadata.labels }, spec },
        },
      }

/** Well-kept Pods and Deployments of three containers each, all different, none owned: nothing is judged once for many. */
export const worst = (count) => {
  const next = sequence(count)
  const meta = identities()
  const policies = Array.from({ length: 50 }, (_, at) => defaultDeny(`team-${at}`, meta))
  const items = Array.from({ length: count - 1 - policies.length }, (_, at) => {
    const name = `job-${at}`
    const containers = ['web', 'proxy', 'metrics'].map((part) =>
      smallContainer(part, `contoso.azurecr.io/${name}-${part}:${next(100)}.${next(100)}`, next),
    )
    const spec = {
      containers,
      serviceAccountName: name,
      automountServiceAccountToken: false,
      volumes: [{ name: 'config', configMap: { name } }],
    }
    return workload(at, meta(name, `team-${at % 50}`, { app: name }), spec)
  })
  return { apiVersion: 'v1', kind: 'List', items: [cluster, ...policies, ...items] }
}
