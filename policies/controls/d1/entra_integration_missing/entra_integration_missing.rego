# METADATA
# title: People sign in to the cluster through Microsoft Entra ID
# description: |
#   With the managed integration, access to the cluster follows the directory: multi-factor sign-in, groups, and an end
#   when somebody leaves. Cluster certificates know none of that.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/enable-authentication-microsoft-entra-id
# custom:
#   id: AKSC-D1-AZ-01
#   item: D1
#   severity: high
#   kinds: [Microsoft.ContainerService/managedClusters]
#   needs: [Microsoft.ContainerService/managedClusters]
#   parameters:
#     acceptExternalIdp: false
#   args: {fault: string}
#   message: "{name} does not use the managed Entra integration: {fault}"
#   remediation: "Turn it on with `az aks update --enable-aad --aad-admin-group-object-ids <group>`; it replaces the legacy integration too."
#   mappings:
#     cis-aks: ["5.5.1"]
#     azure-policy: [450d2877-ebea-41e8-b00c-e286317d21bf]
#     psrule: [Azure.AKS.ManagedAAD]
#     azqr: [aks-007]
#     mcsb: [IM-1, IM-2]
package controls.d1.entra_integration_missing

import data.lib.azure
import data.lib.finding

violation contains finding.observed(finding.at(cluster.ref, path, {"fault": "no integration is set up"})) if {
	some cluster in azure.clusters
	azure.value(cluster.resource, _profile) == null
	not azure.automatic(cluster.resource)
	not data.parameters["AKSC-D1-AZ-01"].acceptExternalIdp
	path := azure.closest(cluster.resource, _profile)
}

violation contains finding.observed(finding.at(cluster.ref, path, {"fault": "the integration is not managed"})) if {
	some cluster in azure.clusters
	azure.value(cluster.resource, _profile) != null
	managed := azure.value(cluster.resource, _managed)
	managed != true
	not azure.unresolved(managed)
	not azure.unresolved(azure.value(cluster.resource, _profile))
	not _legacy(cluster.resource)
	path := azure.closest(cluster.resource, _managed)
}

violation contains finding.observed(finding.at(cluster.ref, path, {"fault": fault})) if {
	some cluster in azure.clusters
	_legacy(cluster.resource)
	path := [place | some place in _applications; _set(cluster.resource, place)][0]
	fault := "the legacy integration with application ids is set up"
}

undecided contains row if some row in azure.unreadable

undecided contains finding.unknown(cluster.ref, path, "whether the Entra integration is managed") if {
	some cluster in azure.clusters
	path := azure.closest(cluster.resource, _managed)
	some place in [_profile, _managed]
	azure.unresolved(azure.value(cluster.resource, place))
	not _legacy(cluster.resource)
}

_profile := ["properties", "aadProfile"]

_managed := ["properties", "aadProfile", "managed"]

_applications := [["properties", "aadProfile", "clientAppID"], ["properties", "aadProfile", "serverAppID"]]

_set(resource, place) if not azure.unset(azure.value(resource, place))

_legacy(resource) if {
	some place in _applications
	_set(resource, place)
}
