# METADATA
# title: Pods keep out of the node's process namespace
# description: |
#   With hostPID a container sees every process of its node, can read their environment, and with the same user or
#   more capabilities can signal or trace them. Other tenants' secrets lie open there.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
# custom:
#   id: AKSC-P2-01
#   item: P2
#   severity: high
#   kinds: [workloads]
#   parameters:
#     excludedNamespaces: aks
#     excludedImages: ["ghcr.io/kubereboot/kured:*", "ghcr.io/kubereboot/kured@*"]
#     excludedContainers: []
#   message: "{kind} {name} shares its node's process namespace"
#   remediation: >-
#     Remove `hostPID` or set it to false. Where an agent needs it, run it in a namespace of its own and list its
#     image in the parameter excludedImages.
#   mappings:
#     cis-aks: ["4.2.2"]
#     pss: [baseline]
#     azure-policy: ["47a1ee2f-2a2a-4576-bf2a-e0e36709c2b8"]
#     kubescape: [C-0038, C-0214, C-0194, C-0275]
#     trivy: [KSV-0010]
#     checkov: [CKV_K8S_17]
#     kube-linter: [host-pid]
#     polaris: [hostPIDSet]
#     gatekeeper: [K8sPSPHostNamespace]
package controls.p2.host_pid

import data.lib.finding
import data.lib.workload

violation contains finding.at(0, path, {}) if {
	workload.pod_spec.hostPID == true
	workload.judged("AKSC-P2-01")
	path := array.concat(workload.pod_path, ["hostPID"])
}

undecided contains finding.unknown(0, place.path, place.missing) if {
	some place in workload.malformed_in(["hostPID"])
}
