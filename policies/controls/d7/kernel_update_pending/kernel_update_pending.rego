# METADATA
# title: Kernel updates of the nodes take effect without anybody remembering them
# description: |
#   A security update of the kernel protects a node only once it has been restarted or replaced. An upgrade channel
#   for node images does that, and so does a daemon that restarts nodes when an update asks for it.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/auto-upgrade-node-os-image
#   - ref: https://learn.microsoft.com/azure/aks/node-updates-kured
# custom:
#   id: AKSC-D7-01
#   item: D7
#   severity: high
#   unit: cluster
#   kinds: [DaemonSet, Node, "Microsoft.ContainerService/managedClusters"]
#   reads:
#     DaemonSet: ["podSpec.containers.image"]
#     Node: ["metadata.labels"]
#     "Microsoft.ContainerService/managedClusters": ["properties.autoUpgradeProfile"]
#   needs: [DaemonSet]
#   parameters:
#     kuredImages: ["kubereboot/kured", "weaveworks/kured"]
#   args: {channel: string}
#   message: >-
#     No kured runs, and the node OS upgrade channel of {name} is {channel}: kernel updates wait for somebody to
#     restart the nodes
#   remediation: >-
#     Set `autoUpgradeProfile.nodeOSUpgradeChannel` of the cluster to NodeImage or SecurityPatch, with a planned
#     maintenance window; or deploy kured as a DaemonSet.
#   mappings:
#     azure-policy: ["04408ca5-aa10-42ce-8536-98955cdddd4c"]
package controls.d7.kernel_update_pending

import data.lib.azure
import data.lib.finding
import data.lib.image
import data.lib.workload

violation contains finding.at(cluster.ref, path, {"channel": channel}) if {
	_applicable
	not _rebooted_by_kured
	some cluster in _clusters
	channel := _channel(cluster.resource)
	lower(channel) in ["none", "unmanaged"]
	path := ["properties", "autoUpgradeProfile", "nodeOSUpgradeChannel"]
}

# Its name depends on how it was installed, its image does not.
_rebooted_by_kured if {
	some entry in input.kinds.DaemonSet
	some container in workload.pod_spec_of(entry.resource).containers
	repository := image.parse(container.image).repository
	some known in data.parameters["AKSC-D7-01"].kuredImages
	endswith(concat("", ["/", repository]), concat("", ["/", known]))
}

_clusters := azure.resources("Microsoft.ContainerService/managedClusters")

# Anything else, as an expression of a template, says nothing.
_channel(resource) := channel if {
	channel := resource.properties.autoUpgradeProfile.nodeOSUpgradeChannel
	lower(channel) in ["none", "unmanaged", "nodeimage", "securitypatch"]
}

# kured is of use on Linux nodes only.
_applicable if count(_nodes) == 0

_applicable if {
	some node in _nodes
	not node.resource.metadata.labels["kubernetes.io/os"] == "windows"
}

_nodes := object.get(input, ["kinds", "Node"], [])

subject contains _place if _applicable

default _place := -1

_place := _clusters[0].ref

undecided contains finding.unknown(_place, [], "nodeOSUpgradeChannel of the managed cluster") if {
	_applicable
	not _rebooted_by_kured
	not _channel_known
}

_channel_known if {
	some cluster in _clusters
	_channel(cluster.resource)
}
