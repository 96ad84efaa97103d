# METADATA
# title: The Defender sensor watches the cluster
# description: |
#   The sensor reports attacks on nodes and containers while they happen. Another product may do that, if somebody vouches
#   for it and its agents are seen on the nodes.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/defender-for-cloud/defender-for-containers-introduction
# custom:
#   id: AKSC-D8-AZ-01
#   item: D8
#   severity: high
#   unit: cluster
#   kinds: [Microsoft.ContainerService/managedClusters, Attestation, DaemonSet]
#   subjects: [Microsoft.ContainerService/managedClusters]
#   needs: [Microsoft.ContainerService/managedClusters]
#   reads:
#     Microsoft.ContainerService/managedClusters: [properties.securityProfile]
#     DaemonSet: [metadata.name, podSpec.containers.image]
#   parameters:
#     acceptThirdParty: true
#   args: {}
#   message: "The Defender sensor is off in {name}"
#   remediation: "Turn it on with `az aks update --enable-defender`, or name another sensor in an Attestation for AKSC-D8-AT-01."
#   mappings:
#     cis-aks: ["5.1.1"]
#     azure-policy: [a1840de2-8088-4ea8-b153-b4c723e9cb01]
#     psrule: [Azure.AKS.DefenderProfile]
#     kubescape: [C-0243]
#     mcsb: [LT-1, LT-2]
package controls.d8.defender_sensor_off

import data.lib.attestation
import data.lib.azure
import data.lib.clock
import data.lib.finding

violation contains finding.observed(finding.at(cluster.ref, path, {})) if {
	some cluster in azure.clusters
	not azure.defended(cluster.resource)
	not _other_sensor
	count(_not_given) == 0
	path := azure.closest(cluster.resource, ["properties", "securityProfile", "defender", "securityMonitoring", "enabled"])
}

undecided contains row if some row in azure.unreadable

undecided contains finding.unknown(cluster.ref, path, missing) if {
	some cluster in azure.clusters
	not azure.defended(cluster.resource)
	not _other_sensor
	some missing in _not_given
	path := azure.closest(cluster.resource, ["properties", "securityProfile"])
}

_statement := "AKSC-D8-AT-01"

_max_age_days := object.get(data.parameters, [_statement, "maxAgeDays"], 365)

_vouched_for if {
	data.parameters["AKSC-D8-AZ-01"].acceptThirdParty
	attestation.affirmed(_statement, _max_age_days)
}

_dated if count(attestation.undecided(_statement, _max_age_days)) == 0

_other_sensor if {
	_vouched_for
	_dated
	_sensor_runs
}

# What would have to be known to see the sensor that is vouched for.
_not_given contains clock.missing if {
	_vouched_for
	not _dated
}

_not_given contains "DaemonSet" if {
	_vouched_for
	not _sensor_runs
	not data.snapshot.complete.DaemonSet
}

_sensor_runs if {
	some daemon in object.get(input.kinds, "DaemonSet", [])
	some text in _texts(daemon.resource)
	some word in _words
	contains(lower(text), word)
}

_texts(daemon) := array.concat(
	[daemon.metadata.name],
	[container.image | some container in daemon.spec.template.spec.containers],
)

# The DaemonSet that the evidence names; else the first word of the product, which is most often its maker.
_words := [lower(name)] if {
	name := attestation.evidence(attestation.record(_statement).resource, "daemonSet")
	is_string(name)
} else := [lower(split(trim_space(product), " ")[0])] if {
	product := attestation.evidence(attestation.record(_statement).resource, "product")
	is_string(product)
	trim_space(product) != ""
}
