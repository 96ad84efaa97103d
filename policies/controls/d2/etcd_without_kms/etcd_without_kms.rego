# METADATA
# title: Secrets are encrypted with a key before they reach the cluster's store
# description: |
#   The store's disks are encrypted by the platform. A key of its own for secrets protects them also from whoever reads
#   the store or a backup of it.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/use-kms-etcd-encryption
# custom:
#   id: AKSC-D2-AZ-03
#   item: D2
#   severity: medium
#   kinds: [Microsoft.ContainerService/managedClusters]
#   needs: [Microsoft.ContainerService/managedClusters]
#   parameters:
#     requireCustomerKey: false
#   args: {form: string}
#   message: "{name} does not encrypt secrets in its store with {form}"
#   remediation: "Turn on key management with `az aks update --enable-azure-keyvault-kms`, or, from Kubernetes 1.33, set securityProfile.kubernetesResourceObjectEncryptionProfile.infrastructureEncryption to Enabled."
#   mappings:
#     cis-aks: ["5.3.1"]
#     azure-policy: [dbbdc317-9734-4dd8-9074-993b29c69008]
#     kubescape: [C-0244]
package controls.d2.etcd_without_kms

import data.lib.azure
import data.lib.finding

violation contains finding.observed(finding.at(cluster.ref, path, {"form": "a key of yours"})) if {
	some cluster in azure.clusters
	_customer_key_only
	not _customer_key(cluster.resource)
	not azure.unresolved(azure.value(cluster.resource, _kms))
	path := azure.closest(cluster.resource, _kms)
}

violation contains finding.observed(finding.at(cluster.ref, path, {"form": "a managed key"})) if {
	some cluster in azure.clusters
	not _customer_key_only
	not _encrypted(cluster.resource)
	not _hidden(cluster.resource)
	path := azure.closest(cluster.resource, _kms)
}

undecided contains row if some row in azure.unreadable

undecided contains finding.unknown(cluster.ref, path, "whether azureKeyVaultKms is enabled") if {
	some cluster in azure.clusters
	path := azure.closest(cluster.resource, _kms)
	_customer_key_only
	azure.unresolved(azure.value(cluster.resource, _kms))
}

undecided contains finding.unknown(cluster.ref, path, "an export that shows kubernetesResourceObjectEncryptionProfile") if {
	some cluster in azure.clusters
	not _customer_key_only
	not _encrypted(cluster.resource)
	_hidden(cluster.resource)
	path := azure.closest(cluster.resource, ["properties", "securityProfile"])
}

_customer_key_only if data.parameters["AKSC-D2-AZ-03"].requireCustomerKey

_kms := ["properties", "securityProfile", "azureKeyVaultKms", "enabled"]

_platform_profile := ["properties", "securityProfile", "kubernetesResourceObjectEncryptionProfile"]

_platform_key := array.concat(_platform_profile, ["infrastructureEncryption"])

_customer_key(resource) if azure.value(resource, _kms) == true

_encrypted(resource) if _customer_key(resource)

_encrypted(resource) if azure.same(azure.value(resource, _platform_key), "Enabled")

# The platform's key came with Kubernetes 1.33, and older interfaces leave its profile out.
_hidden(resource) if {
	azure.closest(resource, _platform_profile) != _platform_profile
	not _too_old(resource)
}

_hidden(resource) if azure.unresolved(azure.value(resource, _kms))

_hidden(resource) if azure.unresolved(azure.value(resource, _platform_key))

_too_old(resource) if {
	some field in ["currentKubernetesVersion", "kubernetesVersion"]
	azure.version(azure.value(resource, ["properties", field])) < [1, 33]
}
