# METADATA
# title: The API server cannot be reached from just anywhere
# description: |
#   Whoever reaches the API server can try stolen credentials and unpatched flaws on it. A private endpoint, or a short
#   list of address ranges, leaves that to few.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/api-server-authorized-ip-ranges
#   - ref: https://learn.microsoft.com/azure/aks/private-clusters
# custom:
#   id: AKSC-D4-AZ-01
#   item: D4
#   severity: critical
#   kinds: [Microsoft.ContainerService/managedClusters]
#   needs: [Microsoft.ContainerService/managedClusters]
#   parameters:
#     acceptPublicNetworkAccessDisabled: false
#   args: {ranges: string}
#   message: "The API server of {name} is public and answers any address (authorised ranges: {ranges})"
#   remediation: "Set apiServerAccessProfile.authorizedIPRanges to the ranges that administer the cluster (`az aks update --api-server-authorized-ip-ranges`), or build it as a private cluster."
#   mappings:
#     cis-aks: ["5.4.1"]
#     azure-policy: [0e246bcf-5f6f-4f87-bc6f-775d4712c7ea]
#     psrule: [Azure.AKS.AuthorizedIPs]
#     azqr: [aks-004]
#     checkov: [CKV_AZURE_6]
#     trivy: [AZU-0041]
#     kubescape: [C-0247]
#     mcsb: [NS-1, NS-2]
package controls.d4.api_server_public

import data.lib.azure
import data.lib.finding

violation contains finding.observed(finding.at(cluster.ref, path, {"ranges": _text(ranges)})) if {
	some cluster in azure.clusters
	not _closed(cluster.resource)
	not azure.unresolved(_private(cluster.resource))
	ranges := azure.value(cluster.resource, _place(cluster.resource))
	_open(ranges)
	path := azure.closest(cluster.resource, _place(cluster.resource))
}

undecided contains row if some row in azure.unreadable

undecided contains finding.unknown(cluster.ref, path, "whether the cluster is private") if {
	some cluster in azure.clusters
	not _closed(cluster.resource)
	azure.unresolved(_private(cluster.resource))
	path := azure.closest(cluster.resource, _private_place)
}

undecided contains finding.unknown(cluster.ref, path, "the authorised ranges as a list of address ranges") if {
	some cluster in azure.clusters
	path := _place(cluster.resource)
	not _closed(cluster.resource)
	ranges := azure.value(cluster.resource, path)
	ranges != null
	not _open(ranges)
	not _readable(ranges)
}

_closed(resource) if _private(resource) == true

_closed(resource) if {
	data.parameters["AKSC-D4-AZ-01"].acceptPublicNetworkAccessDisabled
	azure.same(azure.value(resource, ["properties", "publicNetworkAccess"]), "Disabled")
}

_private_place := ["properties", "apiServerAccessProfile", "enablePrivateCluster"]

_private(resource) := azure.value(resource, _private_place)

# Templates from before the access profile name the ranges beside it.
_place(resource) := ["properties", "apiServerAuthorizedIPRanges"] if {
	azure.value(resource, _profile_place) == null
	azure.value(resource, ["properties", "apiServerAuthorizedIPRanges"]) != null
} else := _profile_place

_profile_place := ["properties", "apiServerAccessProfile", "authorizedIPRanges"]

_open(null)

_open([])

_open(ranges) if azure.covers_all(ranges)

_readable(ranges) if {
	is_array(ranges)
	every range in ranges {
		azure.range(range)
	}
}

_text(ranges) := concat(", ", ranges) if count(ranges) > 0

else := "none"
