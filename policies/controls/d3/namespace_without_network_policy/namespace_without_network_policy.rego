# METADATA
# title: Every namespace with pods has a network policy
# description: |
#   Without a policy every pod of the cluster can talk to every pod of the namespace, and those to anybody. The first
#   policy is what turns an intruder in one pod into an intruder in one pod only.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/use-network-policies
#   - ref: https://kubernetes.io/docs/concepts/services-networking/network-policies/
# custom:
#   id: AKSC-D3-01
#   item: D3
#   severity: high
#   unit: namespace
#   kinds: [workloads, Namespace, NetworkPolicy, CiliumNetworkPolicy, CiliumClusterwideNetworkPolicy]
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
#     countCilium: true
#   args: {namespace: string}
#   message: "Namespace {namespace} has pods and no network policy"
#   remediation: >-
#     Add a NetworkPolicy to {namespace} with an empty `podSelector` and `policyTypes: [Ingress, Egress]`, then one
#     for each connection that its pods need.
#   mappings:
#     cis-aks: ["4.4.2"]
#     kubescape: [C-0206, C-0054, C-0049]
package controls.d3.namespace_without_network_policy

import data.lib.finding
import data.lib.namespace
import data.lib.network

violation contains finding.at(namespace.ref, namespace.path, {"namespace": input.namespace}) if {
	count(network.pods) > 0
	count(_covering) == 0
}

# A policy of the namespace counts whatever it selects; a clusterwide one where it selects a pod here.
_covering := [policy.ref |
	some policy in network.policies
	_counts(policy)
	_reaches(policy)
]

_counts(policy) if not policy.cilium

_counts(_) if data.parameters["AKSC-D3-01"].countCilium

_reaches(policy) if {
	some kind in ["NetworkPolicy", "CiliumNetworkPolicy"]
	policy.ref in input.byNamespace[input.namespace][kind]
}

_reaches(policy) if {
	some pod in network.pods
	network.selects(policy, pod)
}

subject contains namespace.ref if count(network.pods) > 0
