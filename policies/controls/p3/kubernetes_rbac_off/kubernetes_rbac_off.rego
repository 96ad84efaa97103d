# METADATA
# title: Role-based access control is on in the cluster
# description: |
#   Without it every identity that reaches the API server may do everything. The switch is set when a cluster is made and
#   cannot be turned later.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/concepts-identity
# custom:
#   id: AKSC-P3-AZ-01
#   item: P3
#   severity: critical
#   kinds: [Microsoft.ContainerService/managedClusters]
#   needs: [Microsoft.ContainerService/managedClusters]
#   parameters:
#     treatMissingAsFail: true
#   args: {found: string}
#   message: "Kubernetes RBAC is not on in {name} (enableRBAC: {found})"
#   remediation: "Build a new cluster with enableRBAC set to true and move the workloads; the setting of {name} cannot be changed."
#   mappings:
#     cis-aks: ["5.5.1"]
#     azure-policy: [ac4a19c2-fa67-49b4-8ae5-0b2e78c49457]
#     psrule: [Azure.AKS.UseRBAC]
#     checkov: [CKV_AZURE_5]
#     trivy: [AZU-0042]
#     kubescape: [C-0088]
#     mcsb: [IM-1, PA-7]
package controls.p3.kubernetes_rbac_off

import data.lib.azure
import data.lib.finding

violation contains finding.observed(finding.at(cluster.ref, path, {"found": _text(value)})) if {
	some cluster in azure.clusters
	value := azure.value(cluster.resource, _place)
	value != true
	not azure.unresolved(value)
	not _missing_is_fine(cluster.resource, value)
	path := azure.closest(cluster.resource, _place)
}

undecided contains row if some row in azure.unreadable

undecided contains finding.unknown(cluster.ref, path, "the value of enableRBAC") if {
	some cluster in azure.clusters
	value := azure.value(cluster.resource, _place)
	_unknown(cluster.resource, value)
	path := azure.closest(cluster.resource, _place)
}

_place := ["properties", "enableRBAC"]

# AKS Automatic always has it on.
_missing_is_fine(resource, null) if azure.automatic(resource)

_missing_is_fine(resource, null) if _unknown(resource, null)

_unknown(_, value) if azure.unresolved(value)

# A running cluster shows what is on, a template may leave it to the default.
_unknown(resource, null) if {
	not azure.automatic(resource)
	not azure.live(resource)
	not data.parameters["AKSC-P3-AZ-01"].treatMissingAsFail
}

_text(null) := "absent"

_text(value) := sprintf("%v", [value]) if value != null
