# METADATA
# title: Every pod is selected by a network policy
# description: |
#   A pod that no policy selects takes traffic from anywhere and sends it anywhere, even where its neighbours are
#   closed off. A label that was renamed is enough to lose the protection.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation
# custom:
#   id: AKSC-D3-02
#   item: D3
#   severity: medium
#   unit: namespace
#   kinds: [workloads, NetworkPolicy, CiliumNetworkPolicy, CiliumClusterwideNetworkPolicy]
#   reads:
#     workloads:
#       - "podTemplate.metadata.labels"
#       - "podSpec.hostNetwork"
#       - "podSpec.serviceAccountName"
#       - "podSpec.serviceAccount"
#     Namespace: ["metadata.labels"]
#   needs: [NetworkPolicy, CiliumNetworkPolicy, CiliumClusterwideNetworkPolicy]
#   parameters:
#     excludedNamespaces: aks
#   folds: ["AKSC-D3-01"]
#   message: "No network policy selects the pods of {kind} {name}"
#   remediation: >-
#     Give the pods of {name} a label that a network policy of {namespace} selects, or add a policy with an empty
#     `podSelector` that closes the namespace by default.
#   mappings:
#     kubescape: [C-0260]
#     checkov: [CKV2_K8S_6]
#     kube-linter: [non-isolated-pod]
#     polaris: [missingNetworkPolicy]
package controls.d3.pod_not_isolated

import data.lib.finding
import data.lib.network
import data.lib.workload

violation contains finding.at(pod.ref, workload.labels_path(pod.resource), {}) if {
	some pod in network.pods
	not _selected(pod)
}

_selected(pod) if {
	some policy in network.policies
	network.selects(policy, pod)
}

subject contains pod.ref if some pod in network.pods
