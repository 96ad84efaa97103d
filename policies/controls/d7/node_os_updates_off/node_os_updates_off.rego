# METADATA
# title: The operating system of nodes is kept current without anybody doing it
# description: |
#   Flaws of the kernel and the operating system are attacked within days. A channel for node images or security patches
#   closes them without anybody having to remember.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/auto-upgrade-node-os-image
#   - ref: https://learn.microsoft.com/azure/aks/node-updates-kured
# custom:
#   id: AKSC-D7-AZ-01
#   item: D7
#   severity: high
#   unit: cluster
#   kinds: [Microsoft.ContainerService/managedClusters, Microsoft.ContainerService/managedClusters/agentPools, DaemonSet]
#   subjects: [Microsoft.ContainerService/managedClusters]
#   needs: [Microsoft.ContainerService/managedClusters]
#   reads:
#     Microsoft.ContainerService/managedClusters: [apiVersion, sku.name, properties.autoUpgradeProfile, properties.provisioningState, properties.agentPoolProfiles]
#     Microsoft.ContainerService/managedClusters/agentPools: [properties.osType, properties.osSKU, properties.nodeTaints]
#     DaemonSet: [metadata.name, podSpec.containers.image, podSpec.nodeSelector, podSpec.affinity.nodeAffinity, podSpec.tolerations]
#   parameters:
#     accepted: [NodeImage, SecurityPatch]
#     acceptUnmanagedWithKured: true
#     acceptLegacyNodeImageChannel: true
#   args: {channel: string}
#   message: "Nodes of {name} do not get security updates by themselves (nodeOSUpgradeChannel: {channel})"
#   remediation: "Choose a channel with `az aks update --node-os-upgrade-channel NodeImage`, or SecurityPatch."
#   mappings:
#     azure-policy: [04408ca5-aa10-42ce-8536-98955cdddd4c, 40f1aee2-4db4-4b74-acb1-c6972e24cca8]
#     psrule: [Azure.AKS.NodeAutoUpgrade]
package controls.d7.node_os_updates_off

import data.lib.azure
import data.lib.finding

violation contains finding.observed(finding.at(cluster.ref, path, {"channel": _text(channel)})) if {
	some [cluster, channel] in _judged
	not _missing[[cluster.ref, channel]]
	path := azure.closest(cluster.resource, _place)
}

undecided contains row if some row in azure.unreadable

undecided contains finding.unknown(cluster.ref, path, missing) if {
	some [cluster, channel] in _judged
	some missing in _missing[[cluster.ref, channel]]
	path := azure.closest(cluster.resource, _place)
}

_place := ["properties", "autoUpgradeProfile", "nodeOSUpgradeChannel"]

_parameters := data.parameters["AKSC-D7-AZ-01"]

# The clusters whose channel is not good by itself.
_judged := [[cluster, channel] |
	some cluster in azure.clusters
	channel := azure.value(cluster.resource, _place)
	not azure.listed(channel, _parameters.accepted)
	not azure.automatic(cluster.resource)
	not _legacy_channel(cluster.resource)
	not _reboots_by_kured(channel)
]

_legacy_channel(resource) if {
	_parameters.acceptLegacyNodeImageChannel
	azure.same(azure.value(resource, ["properties", "autoUpgradeProfile", "upgradeChannel"]), "node-image")
}

# What would have to be known before a channel can be called bad.
_missing[[cluster.ref, channel]] contains missing if {
	some [cluster, channel] in _judged
	missing := "nodeOSUpgradeChannel, which an older interface or a template does not show"
	channel == null
	_cannot_show(cluster.resource)
}

_missing[[cluster.ref, channel]] contains "the value of nodeOSUpgradeChannel" if {
	some [cluster, channel] in _judged
	azure.unresolved(channel)
}

_missing[[cluster.ref, channel]] contains "DaemonSet" if {
	some [cluster, channel] in _judged
	_kured_would_do(channel)
	not data.snapshot.complete.DaemonSet
}

_cannot_show(resource) if not azure.live(resource)

_cannot_show(resource) if substring(resource.apiVersion, 0, 10) < "2023-06-01"

_kured_would_do(channel) if {
	_parameters.acceptUnmanagedWithKured
	azure.same(channel, "Unmanaged")
	count(azure.pools) > 0
	every pool in azure.pools {
		_updates_itself(pool.profile)
	}
}

# Windows and Azure Linux with OS Guard take no packages by themselves.
_updates_itself(profile) if {
	azure.same(object.get(profile, "osType", "Linux"), "Linux")
	not contains(lower(object.get(profile, "osSKU", "")), "osguard")
}

_reboots_by_kured(channel) if {
	_kured_would_do(channel)
	some daemon in object.get(input.kinds, "DaemonSet", [])
	_is_kured(daemon.resource)
	every pool in azure.pools {
		_runs_on(daemon.resource.spec.template.spec, pool.profile)
	}
}

_is_kured(daemon) if contains(daemon.metadata.name, "kured")

_is_kured(daemon) if {
	some container in daemon.spec.template.spec.containers
	contains(container.image, "kured")
}

_runs_on(pod, profile) if {
	object.remove(object.get(pod, "nodeSelector", {}), ["kubernetes.io/os", "beta.kubernetes.io/os"]) == {}
	not pod.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution
	taints := [taint | some taint in object.get(profile, "nodeTaints", []); not endswith(taint, ":PreferNoSchedule")]
	every taint in taints {
		_tolerated(pod, taint)
	}
}

_tolerated(pod, taint) if {
	some toleration in pod.tolerations
	[pair, effect] := split(taint, ":")
	object.get(toleration, "effect", effect) == effect
	_tolerates(toleration, split(pair, "="))
}

_tolerates(toleration, [key, _]) if {
	toleration.operator == "Exists"
	object.get(toleration, "key", key) == key
}

_tolerates(toleration, [key]) if {
	toleration.operator == "Exists"
	object.get(toleration, "key", key) == key
}

_tolerates(toleration, [key, value]) if {
	object.get(toleration, "operator", "Equal") == "Equal"
	toleration.key == key
	toleration.value == value
}

_text(null) := "absent"

_text(value) := sprintf("%v", [value]) if value != null
