# METADATA
# title: The certificate authority of the cluster is not about to end
# description: |
#   Clusters made before June 2019 got an authority for two years, later ones for thirty. When it ends, nodes and people no
#   longer reach the API server.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/certificate-rotation
# custom:
#   id: AKSC-O2-AZ-01
#   item: O2
#   severity: high
#   unit: cluster
#   kinds: [Microsoft.ContainerService/managedClusters, ConfigMap, Attestation]
#   subjects: [Microsoft.ContainerService/managedClusters]
#   needs: [Microsoft.ContainerService/managedClusters]
#   reads:
#     Microsoft.ContainerService/managedClusters: [systemData.createdAt, properties.provisioningState]
#     ConfigMap: ["data[ca.crt]"]
#   parameters:
#     warnDays: 90
#   args: {fault: string}
#   message: "The certificate authority of the cluster is outdated: {fault}"
#   remediation: "Rotate the cluster's certificates with `az aks rotate-certs` in a maintenance window, and record the day in an Attestation for AKSC-O2-AT-01."
#   mappings: {}
package controls.o2.cluster_authority_outdated

import data.lib.attestation
import data.lib.azure
import data.lib.certificate
import data.lib.clock
import data.lib.finding

violation contains finding.observed(finding.at(_authority.ref, _authority_place, {"fault": fault})) if {
	count(azure.clusters) > 0
	clock.now_ns >= _authority.not_after_ns - clock.days(data.parameters["AKSC-O2-AZ-01"].warnDays)
	fault := concat(" ", [_ends, substring(_authority.not_after, 0, 10)])
}

violation contains finding.observed(finding.at(cluster.ref, _created, {"fault": fault})) if {
	some cluster in azure.clusters
	not _authority
	created := azure.value(cluster.resource, _created)
	clock.date_ns(created) < clock.date_ns("2019-06-01")
	not _rotated
	fault := sprintf("it was made on %v for two years, and no rotation is recorded", [substring(created, 0, 10)])
}

undecided contains row if some row in azure.unreadable

undecided contains finding.unknown(_authority.ref, _authority_place, clock.missing) if {
	count(azure.clusters) > 0
	_authority
	not clock.now_ns
}

undecided contains finding.unknown(cluster.ref, path, "systemData.createdAt, or the ConfigMap kube-root-ca.crt") if {
	some cluster in azure.clusters
	not _authority
	not clock.date_ns(azure.value(cluster.resource, _created))
	path := azure.closest(cluster.resource, _created)
}

_created := ["systemData", "createdAt"]

_authority_place := ["data", "ca.crt"]

# Every namespace has a copy of the authority's certificates. The last to end counts: a new one stands beside the old.
_authority := latest if {
	ends := [[validity.not_after_ns, row.ref, validity.not_after] |
		some row in object.get(input.kinds, "ConfigMap", [])
		row.resource.metadata.name == "kube-root-ca.crt"
		some block in certificate.blocks(row.resource.data["ca.crt"])
		validity := certificate.validity(block)
	]
	[not_after_ns, ref, not_after] := max(ends)
	latest := {"ref": ref, "not_after_ns": not_after_ns, "not_after": not_after}
}

_ends := "it ended on" if clock.now_ns >= _authority.not_after_ns

else := "it ends on"

_rotated if {
	attestation.affirmed("AKSC-O2-AT-01", null)
	clock.date_ns(attestation.evidence(attestation.record("AKSC-O2-AT-01").resource, "lastRotation"))
}
