# METADATA
# title: Namespaces with pods deny egress unless it is allowed
# description: |
#   What a pod may not reach it cannot send stolen data to, or fetch tools from. Egress stays open until a policy
#   names it in policyTypes, also where the policy has no rules for it.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/limit-egress-traffic
#   - ref: https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-deny-all-egress-traffic
# custom:
#   id: AKSC-D5-01
#   item: D5
#   severity: medium
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
#     acceptPerPodIsolation: true
#   args: {namespace: string}
#   folds: ["AKSC-D3-01"]
#   message: "Namespace {namespace} lets its pods connect to anything"
#   remediation: >-
#     Add a NetworkPolicy to {namespace} with an empty `podSelector`, `policyTypes: [Egress]` and rules for DNS and
#     the peers that its pods need.
#   mappings:
#     kubescape: [C-0030]
package controls.d5.open_egress

import data.lib.finding
import data.lib.namespace
import data.lib.network

violation contains finding.at(namespace.ref, namespace.path, {"namespace": input.namespace}) if {
	count(network.pods) > 0
	not _denied_by_default
	not _denied_by_pod
}

_denied_by_default if {
	some policy in network.policies
	network.selects_all(policy)
	network.denies_egress(policy)
}

_denied_by_pod if {
	data.parameters["AKSC-D5-01"].acceptPerPodIsolation
	every pod in network.pods {
		_limited(pod)
	}
}

_limited(pod) if {
	some policy in network.policies
	network.selects(policy, pod)
	network.limits_egress(policy)
}

subject contains namespace.ref if count(network.pods) > 0
