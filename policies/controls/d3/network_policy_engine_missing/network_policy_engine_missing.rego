# METADATA
# title: The cluster has an engine that enforces network policies
# description: |
#   NetworkPolicy objects do nothing by themselves. Without an engine every pod reaches every other one, whatever is
#   written.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/use-network-policies
# custom:
#   id: AKSC-D3-AZ-01
#   item: D3
#   severity: high
#   unit: cluster
#   kinds: [Microsoft.ContainerService/managedClusters, DaemonSet]
#   subjects: [Microsoft.ContainerService/managedClusters]
#   needs: [Microsoft.ContainerService/managedClusters]
#   reads:
#     Microsoft.ContainerService/managedClusters: [sku.name, properties.networkProfile, properties.provisioningState]
#     DaemonSet: [metadata.name]
#   parameters:
#     accepted: [azure, calico, cilium]
#     acceptedAgents: [calico-node, cilium]
#   args: {found: string}
#   message: "{name} has no network policy engine (networkPolicy: {found})"
#   remediation: "Install one with `az aks update --network-policy cilium --network-dataplane cilium`, or another engine of the list, and then write policies."
#   mappings:
#     cis-aks: ["5.4.4"]
#     psrule: [Azure.AKS.NetworkPolicy]
#     checkov: [CKV_AZURE_7]
#     trivy: [AZU-0043]
#     kubescape: [C-0240]
#     mcsb: [NS-1]
package controls.d3.network_policy_engine_missing

import data.lib.azure
import data.lib.finding

violation contains finding.observed(finding.at(cluster.ref, path, {"found": found})) if {
	some cluster in azure.clusters
	not _own_plugin(cluster.resource)
	not _engine(cluster.resource)
	not _preset(cluster.resource)
	not _unresolved(cluster.resource)
	path := azure.closest(cluster.resource, _policy)
	found := _text(azure.value(cluster.resource, _policy))
}

violation contains finding.observed(finding.at(cluster.ref, _plugin, {"found": "no agent of an engine runs either"})) if {
	some cluster in azure.clusters
	_own_plugin(cluster.resource)
	not _agent_runs
	data.snapshot.complete.DaemonSet
}

undecided contains row if some row in azure.unreadable

undecided contains finding.unknown(cluster.ref, _plugin, "DaemonSet") if {
	some cluster in azure.clusters
	_own_plugin(cluster.resource)
	not _agent_runs
	not data.snapshot.complete.DaemonSet
}

undecided contains finding.unknown(cluster.ref, path, "the values of the network profile") if {
	some cluster in azure.clusters
	path := azure.closest(cluster.resource, _policy)
	_unresolved(cluster.resource)
	not _own_plugin(cluster.resource)
	not _engine(cluster.resource)
}

_policy := ["properties", "networkProfile", "networkPolicy"]

_dataplane := ["properties", "networkProfile", "networkDataplane"]

_plugin := ["properties", "networkProfile", "networkPlugin"]

_parameters := data.parameters["AKSC-D3-AZ-01"]

_own_plugin(resource) if azure.same(azure.value(resource, _plugin), "none")

_engine(resource) if azure.listed(azure.value(resource, _policy), _parameters.accepted)

# The data plane of Cilium enforces policies whatever the other field says.
_engine(resource) if {
	azure.same(azure.value(resource, _dataplane), "cilium")
	azure.listed("cilium", _parameters.accepted)
}

_agent_runs if {
	some daemon in object.get(input.kinds, "DaemonSet", [])
	azure.listed(daemon.resource.metadata.name, _parameters.acceptedAgents)
}

# AKS Automatic comes with Cilium; its templates do not say so.
_preset(resource) if {
	azure.automatic(resource)
	not azure.live(resource)
	azure.value(resource, _policy) == null
	azure.value(resource, _dataplane) == null
}

_unresolved(resource) if {
	some place in [_policy, _dataplane, _plugin]
	azure.unresolved(azure.value(resource, place))
}

_text(null) := "absent"

_text(value) := sprintf("%v", [value]) if value != null
