# METADATA
# title: API tokens are mounted only where they are needed
# description: |
#   A mounted token lets whoever breaks into the container talk to the API server as its account. Most workloads
#   never call the API server and lose nothing without it.
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: AKSC-P3-28
#   item: P3
#   severity: medium
#   unit: cluster
#   kinds: [workloads, ServiceAccount, RoleBinding, ClusterRoleBinding]
#   subjects: [workloads]
#   reads:
#     workloads:
#       - "podSpec.automountServiceAccountToken"
#       - "podSpec.serviceAccountName"
#       - "podSpec.serviceAccount"
#       - "podSpec.initContainers.name"
#       - "podSpec.initContainers.image"
#       - "podSpec.containers.name"
#       - "podSpec.containers.image"
#       - "podSpec.ephemeralContainers.name"
#       - "podSpec.ephemeralContainers.image"
#     ServiceAccount: [automountServiceAccountToken]
#     RoleBinding: [subjects]
#     ClusterRoleBinding: [subjects]
#   parameters:
#     excludedNamespaces: aks
#     excludedImages: []
#     excludedContainers: []
#     allowBoundServiceAccounts: true
#     allowedServiceAccounts: []
#   args: {account: string}
#   folds: ["AKSC-P3-27"]
#   message: "The pods of {kind} {name} mount an API token of {account}"
#   remediation: >-
#     Set `automountServiceAccountToken: false` in the pod spec of {name} or on its service account; if it does call
#     the API server, give it an account of its own with a role.
#   mappings:
#     cis-aks: ["4.1.6"]
#     azure-policy: ["423dd1ba-798e-40e4-9c4d-b6902674b423", "57f274ef-580a-4ed2-bcf8-5c6fa3775253"]
#     kubescape: [C-0034, C-0190, C-0261, C-0053]
#     trivy: [KSV-0036]
#     checkov: [CKV_K8S_38]
#     polaris: [automountServiceAccountToken]
#     gatekeeper: [K8sPSPAutomountServiceAccountTokenPod]
package controls.p3.token_automount

import data.lib.finding
import data.lib.namespace
import data.lib.rbac
import data.lib.unit
import data.lib.workload

violation contains finding.rated(pod.ref, path, {"account": pod.account}, _severity(pod.account)) if {
	some pod in _pods
	_mounts(pod)
	workload.judged_at(pod.resource, "AKSC-P3-28")
	not pod.account in data.parameters["AKSC-P3-28"].allowedServiceAccounts
	not _has_rights(pod.account)
	path := workload.nearest(workload.pod_path_of(pod.resource), pod.spec, ["automountServiceAccountToken"])
}

_pods := [{"ref": entry.ref, "resource": entry.resource, "spec": spec, "account": account} |
	some kind in workload.kinds
	some entry in input.kinds[kind]
	spec := workload.pod_spec_of(entry.resource)
	account := concat("/", [namespace.of(entry.resource), workload.service_account(entry.resource)])
]

# The pod's own value wins over the account's; where neither says anything the token is mounted.
_mounts(pod) if object.get(pod.spec, "automountServiceAccountToken", null) == true

_mounts(pod) if {
	object.get(pod.spec, "automountServiceAccountToken", null) == null
	not _refused_by(pod.account)
}

_refused_by(id) if _account(id).automountServiceAccountToken == false

_account(id) := unit.resources[input.byName.ServiceAccount[id]]

# Of an account that is not in the input only the default is known.
_severity(id) := "medium" if {
	_account(id)
} else := "medium" if {
	endswith(id, "/default")
} else := "low"

# An account that was given rights is there to use them.
_has_rights(id) if {
	data.parameters["AKSC-P3-28"].allowBoundServiceAccounts
	id in _bound
}

_bound := {id |
	some kind in ["RoleBinding", "ClusterRoleBinding"]
	some entry in input.kinds[kind]
	some subject in entry.resource.subjects
	id := rbac.service_account(subject)
}

undecided contains finding.unknown(entry.ref, [], "pod spec as an object") if {
	some kind in workload.kinds
	some entry in input.kinds[kind]
	not workload.pod_spec_of(entry.resource)
}

undecided contains finding.unknown(pod.ref, path, "automountServiceAccountToken as true or false") if {
	some pod in _pods
	not object.get(pod.spec, "automountServiceAccountToken", null) in [true, false, null]
	path := array.concat(workload.pod_path_of(pod.resource), ["automountServiceAccountToken"])
}
