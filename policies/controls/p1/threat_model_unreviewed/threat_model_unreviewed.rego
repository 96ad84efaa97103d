# METADATA
# title: People have reviewed what threatens the cluster and what runs on it
# description: |
#   Controls answer known threats; a review finds those of this cluster and these workloads. No manifest shows that it took
#   place, so somebody has to say so, and again when it has grown old.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/concepts-security
#   - ref: https://learn.microsoft.com/azure/security/develop/threat-modeling-tool
# custom:
#   id: AKSC-P1-AT-03
#   item: P1
#   severity: high
#   unit: cluster
#   kinds: [Attestation, Microsoft.ContainerService/managedClusters, Microsoft.ContainerService/managedClusters/agentPools, Service]
#   reads:
#     Microsoft.ContainerService/managedClusters: [properties.apiServerAccessProfile.enablePrivateCluster, properties.agentPoolProfiles.name, properties.agentPoolProfiles.osType]
#     Microsoft.ContainerService/managedClusters/agentPools: [properties.osType]
#     Service: [spec.type, "metadata.annotations[service.beta.kubernetes.io/azure-load-balancer-internal]"]
#   parameters:
#     maxAgeDays: 365
#   args: {reason: string}
#   message: "No valid review of the threat model stands for the cluster: {reason}"
#   remediation: "Review the threat model with the people who build and run the cluster, and record it as an Attestation for AKSC-P1-AT-03 with answer, by, on and evidence."
#   mappings: {}
package controls.p1.threat_model_unreviewed

import data.lib.attestation
import data.lib.azure
import data.lib.finding

_id := "AKSC-P1-AT-03"

_max_age_days := data.parameters[_id].maxAgeDays

violation contains row if some row in attestation.violations(_id, _max_age_days)

# A review of a cluster of another shape is no review of this one.
violation contains finding.at(ref, ["evidence", "shape", field], {"reason": reason}) if {
	attestation.affirmed(_id, _max_age_days)
	ref := attestation.record(_id).ref
	some field, recorded in attestation.evidence(attestation.record(_id).resource, "shape")
	actual := _shape[field]
	_comparable(recorded) != actual
	reason := sprintf("it was made for %v %v, and this cluster has %v", [field, recorded, actual])
}

undecided contains row if some row in attestation.undecided(_id, _max_age_days)

subject contains ref if some ref in attestation.subjects(_id, _max_age_days)

_shape["privateApi"] := [private |
	some cluster in azure.clusters
	private := azure.value(cluster.resource, ["properties", "apiServerAccessProfile", "enablePrivateCluster"]) == true
][0]

_shape["poolOsTypes"] := {lower(object.get(pool.profile, "osType", "Linux")) | some pool in azure.pools} if {
	count(azure.pools) > 0
}

_shape["publicIngress"] if {
	some service in object.get(input.kinds, "Service", [])
	service.resource.spec.type == "LoadBalancer"
	not _internal(service.resource)
} else := false if data.snapshot.complete.Service

_internal(service) if service.metadata.annotations["service.beta.kubernetes.io/azure-load-balancer-internal"] == "true"

_comparable(recorded) := {lower(text) | some text in recorded} if is_array(recorded)

_comparable(recorded) := recorded if not is_array(recorded)
