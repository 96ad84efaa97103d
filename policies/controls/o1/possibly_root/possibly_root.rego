# METADATA
# title: Containers run as another user than root
# description: |
#   Root in a container is root on the node as soon as one flaw lets it out. With runAsNonRoot the kubelet refuses to
#   start such a container, whatever user the image names.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   id: AKSC-O1-03
#   item: O1
#   severity: medium
#   kinds: [workloads]
#   parameters:
#     excludedNamespaces: aks
#     excludedImages: []
#     excludedContainers: []
#     acceptNonZeroUid: true
#     userNamespaceRelaxationFrom: "1.35"
#   args: {container: string}
#   folds: ["AKSC-O1-04"]
#   message: "Container {container} may run as root"
#   remediation: >-
#     Set `runAsNonRoot: true` in the security context of container {container} or of its pod, and build the image
#     for a user with a number other than 0.
#   mappings:
#     pss: [restricted]
#     azure-policy:
#       - f06ddb64-5fa3-4b77-b166-acb36f7f6042
#       - "2fe7ba7d-f670-41f5-8b70-b61dc7dfbe18"
#       - fed6510d-00b9-40db-a347-933125a6a327
#     kubescape: [C-0013, C-0218, C-0198]
#     trivy: [KSV-0012]
#     checkov: [CKV_K8S_23]
#     kube-linter: [run-as-non-root]
#     polaris: [runAsRootAllowed]
#     gatekeeper: [K8sPSPAllowedUsers]
package controls.o1.possibly_root

import data.lib.finding
import data.lib.release
import data.lib.workload

violation contains finding.at(0, path, {"container": container.name}) if {
	not _in_user_namespace
	some container in workload.containers_judged("AKSC-O1-03")
	path := _root_path(container)
}

# Where the container may run as root: the field that says so, or the closest place to say otherwise.
_root_path(container) := _place(container) if {
	not _non_root(container)
	not _accepted_user(container)
}

# The pod security standard rejects a pod that says false, whatever its containers say.
_root_path(container) := array.concat(workload.pod_path, ["securityContext", "runAsNonRoot"]) if {
	not data.parameters["AKSC-O1-03"].acceptNonZeroUid
	workload.pod_spec.securityContext.runAsNonRoot == false
	container.spec.securityContext.runAsNonRoot == true
}

_non_root(container) if _effective(container, "runAsNonRoot") == true

_accepted_user(container) if {
	data.parameters["AKSC-O1-03"].acceptNonZeroUid
	_effective(container, "runAsUser") > 0
}

# The container's own value wins over the pod's.
_effective(container, field) := _own(container, field) if {
	_own(container, field) != null
} else := workload.pod_spec.securityContext[field]

_own(container, field) := object.get(container.spec, ["securityContext", field], null)

_place(container) := array.concat(workload.pod_path, ["securityContext", "runAsNonRoot"]) if {
	_own(container, "runAsNonRoot") == null
	workload.pod_spec.securityContext.runAsNonRoot == false
} else := workload.nearest(container.path, container.spec, ["securityContext", "runAsNonRoot"])

# In a user namespace root of the container is nobody on the node.
_in_user_namespace if {
	workload.pod_spec.hostUsers == false
	release.at_least(data.parameters["AKSC-O1-03"].userNamespaceRelaxationFrom)
}

subject contains 0 if not _in_user_namespace

undecided contains finding.unknown(0, place.path, place.missing) if {
	some place in workload.malformed_in(["securityContext", "runAsNonRoot", "runAsUser", "hostUsers"])
}
