/**
 * API groups of the kinds that controls may name, and which of them are cluster-scoped. A kind with one of these names from
 * another group is another kind.
 */
const NAMESPACED: Readonly<Record<string, string>> = {
  Pod: '',
  Service: '',
  ConfigMap: '',
  Secret: '',
  ServiceAccount: '',
  ReplicationController: '',
  PodTemplate: '',
  PersistentVolumeClaim: '',
  Endpoints: '',
  Event: '',
  LimitRange: '',
  ResourceQuota: '',
  Deployment: 'apps',
  StatefulSet: 'apps',
  DaemonSet: 'apps',
  ReplicaSet: 'apps',
  ControllerRevision: 'apps',
  Job: 'batch',
  CronJob: 'batch',
  HorizontalPodAutoscaler: 'autoscaling',
  PodDisruptionBudget: 'policy',
  NetworkPolicy: 'networking.k8s.io',
  Ingress: 'networking.k8s.io',
  EndpointSlice: 'discovery.k8s.io',
  Lease: 'coordination.k8s.io',
  Role: 'rbac.authorization.k8s.io',
  RoleBinding: 'rbac.authorization.k8s.io',
  Gateway: 'gateway.networking.k8s.io',
  HTTPRoute: 'gateway.networking.k8s.io',
  GRPCRoute: 'gateway.networking.k8s.io',
  TLSRoute: 'gateway.networking.k8s.io',
  ReferenceGrant: 'gateway.networking.k8s.io',
  CiliumNetworkPolicy: 'cilium.io',
  WebApplicationFirewallPolicy: 'alb.networking.azure.io',
  SecretProviderClass: 'secrets-store.csi.x-k8s.io',
  Certificate: 'cert-manager.io',
  Issuer: 'cert-manager.io',
}

const CLUSTER_SCOPED: Readonly<Record<string, string>> = {
  Namespace: '',
  Node: '',
  PersistentVolume: '',
  ClusterRole: 'rbac.authorization.k8s.io',
  ClusterRoleBinding: 'rbac.authorization.k8s.io',
  StorageClass: 'storage.k8s.io',
  CSIDriver: 'storage.k8s.io',
  CSINode: 'storage.k8s.io',
  VolumeAttachment: 'storage.k8s.io',
  IngressClass: 'networking.k8s.io',
  GatewayClass: 'gateway.networking.k8s.io',
  CustomResourceDefinition: 'apiextensions.k8s.io',
  APIService: 'apiregistration.k8s.io',
  ValidatingWebhookConfiguration: 'admissionregistration.k8s.io',
  MutatingWebhookConfiguration: 'admissionregistration.k8s.io',
  ValidatingAdmissionPolicy: 'admissionregistration.k8s.io',
  ValidatingAdmissionPolicyBinding: 'admissionregistration.k8s.io',
  PriorityClass: 'scheduling.k8s.io',
  RuntimeClass: 'node.k8s.io',
  FlowSchema: 'flowcontrol.apiserver.k8s.io',
  PriorityLevelConfiguration: 'flowcontrol.apiserver.k8s.io',
  CertificateSigningRequest: 'certificates.k8s.io',
  CiliumClusterwideNetworkPolicy: 'cilium.io',
  ClusterIssuer: 'cert-manager.io',
  ConstraintTemplate: 'templates.gatekeeper.sh',
  ClusterPolicy: 'kyverno.io',
}

// Served under these groups too; the objects are the same.
const OTHER_GROUPS: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['extensions'],
  DaemonSet: ['extensions'],
  ReplicaSet: ['extensions'],
  Ingress: ['extensions'],
  NetworkPolicy: ['extensions'],
  Event: ['events.k8s.io'],
}

/** The group of an apiVersion: `apps` of `apps/v1`, `''` of `v1`. */
export const groupOf = (apiVersion: string): string =>
  apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''

/** The kind under which controls know an object. */
export const kindKey = (apiVersion: string, kind: string): string => {
  const known = NAMESPACED[kind] ?? CLUSTER_SCOPED[kind]
  const group = groupOf(apiVersion)
  return known === undefined || known === group || OTHER_GROUPS[kind]?.includes(group) === true
    ? kind
    : `${kind}.${group || 'core'}`
}

/** Built-in kinds need no CustomResourceDefinition. */
export const isBuiltIn = (kind: string): boolean => {
  const group = NAMESPACED[kind] ?? CLUSTER_SCOPED[kind]
  return (
    group !== undefined &&
    (!group.includes('.') || group.endsWith('.k8s.io')) &&
    !group.startsWith('gateway.') &&
    !group.includes('x-k8s')
  )
}

/** The namespace an object lands in: what it says; `default` for a namespaced kind that says nothing; none for the others. */
export const landingNamespace = (kind: string, stated: string | undefined): string | undefined => {
  if (Object.hasOwn(CLUSTER_SCOPED, kind)) return undefined
  return stated !== undefined && stated !== '' ? stated : Object.hasOwn(NAMESPACED, kind) ? 'default' : undefined
}
