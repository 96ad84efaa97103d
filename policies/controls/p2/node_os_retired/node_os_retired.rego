# METADATA
# title: No node pool runs a retired operating system
# description: |
#   When an image is retired its flaws stay open, whatever updates itself on the node. Availability sets are out of
#   support too and get no new features of node security.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/supported-kubernetes-versions
#   - ref: https://learn.microsoft.com/azure/aks/upgrade-os-version
# custom:
#   id: AKSC-P2-AZ-05
#   item: P2
#   severity: high
#   kinds: [Microsoft.ContainerService/managedClusters, Microsoft.ContainerService/managedClusters/agentPools]
#   needs: [Microsoft.ContainerService/managedClusters]
#   questions: [Q4]
#   parameters:
#     retiredOs:
#       - {imagePattern: "^AKSUbuntu[-:](16|18)\\.?04", osSKU: [], from: "1970-01-01"}
#       - {imagePattern: "^AKS(CBLMariner|AzureLinux-V2)", osSKU: [CBLMariner, Mariner], from: "2025-11-30"}
#       - {imagePattern: "^AKSWindows-2019", osSKU: [Windows2019], from: "2026-03-01"}
#       - {imagePattern: "^AKSWindows-23H2", osSKU: [WindowsAnnual], from: "2026-05-15"}
#       - {imagePattern: "^AKSFlatcar", osSKU: [Flatcar], from: "2026-06-08"}
#       - {imagePattern: "^AKSUbuntu-2004", osSKU: [], from: "2027-03-17"}
#       - {imagePattern: "^AKSUbuntu-2204", osSKU: [Ubuntu2204], from: "2027-06-30"}
#       - {imagePattern: "^AKSWindows-2022", osSKU: [Windows2022], from: "2028-06-30"}
#     warnDaysBefore: 180
#   args: {pool: string, os: string, when: string}
#   message: "Node pool {pool} runs {os}, which {when}"
#   remediation: "Move node pool {pool} to a supported operating system with `az aks nodepool update --os-sku`, or, for an availability set or Windows, to a new node pool."
#   mappings:
#     psrule: [Azure.AKS.PoolScaleSet]
#     checkov: [CKV_AZURE_169]
package controls.p2.node_os_retired

import data.lib.azure
import data.lib.clock
import data.lib.finding

violation contains finding.observed(finding.at(pool.ref, path, args)) if {
	some pool in azure.pools
	azure.same(pool.profile.type, "AvailabilitySet")
	path := array.concat(pool.path, ["type"])
	args := {"pool": pool.name, "os": "as an availability set", "when": "went out of support on 2025-09-30"}
}

violation contains finding.observed(finding.at(pool.ref, path, args)) if {
	some [pool, path, os, row] in _retiring
	_retired(row)
	args := {"pool": pool.name, "os": os, "when": _went(row)}
}

violation contains finding.observed(finding.rated(pool.ref, path, args, "low")) if {
	some [pool, path, os, row] in _retiring
	not _retired(row)
	clock.now_ns >= clock.date_ns(row.from) - clock.days(_parameters.warnDaysBefore)
	args := {"pool": pool.name, "os": os, "when": concat(" ", ["gets no more security updates from", row.from])}
}

undecided contains row if some row in azure.unreadable

undecided contains row if some row in azure.unreadable_pools

undecided contains finding.unknown(pool.ref, path, clock.missing) if {
	some [pool, path, _, row] in _retiring
	not clock.now_ns
	not _retired(row)
}

undecided contains finding.unknown(pool.ref, path, "nodeImageVersion, or an osSKU that names a version") if {
	some pool in azure.pools
	not _image(pool)
	sku := object.get(pool.profile, "osSKU", null)
	not _in_a_row(sku)
	not _names_version(sku)
	path := azure.closest(pool.resource, array.concat(pool.path, ["osSKU"]))
}

undecided contains finding.unknown(pool.ref, array.concat(pool.path, [field]), concat(" ", [field, "as text"])) if {
	some pool in azure.pools
	some field in ["nodeImageVersion", "type"]
	value := azure.value(pool.profile, [field])
	value != null
	not is_string(value)
}

_parameters := data.parameters["AKSC-P2-AZ-05"]

_image(pool) := pool.profile.nodeImageVersion if {
	is_string(pool.profile.nodeImageVersion)
	pool.profile.nodeImageVersion != ""
}

# Pools and the rows they match: by their image where it is known, else by their osSKU.
_retiring contains [pool, array.concat(pool.path, ["nodeImageVersion"]), _image(pool), row] if {
	some pool in azure.pools
	some row in _parameters.retiredOs
	regex.match(concat("", ["(?i)", row.imagePattern]), _image(pool))
}

_retiring contains [pool, array.concat(pool.path, ["osSKU"]), pool.profile.osSKU, row] if {
	some pool in azure.pools
	not _image(pool)
	some row in _parameters.retiredOs
	azure.listed(pool.profile.osSKU, row.osSKU)
}

_in_a_row(sku) if {
	some row in _parameters.retiredOs
	azure.listed(sku, row.osSKU)
}

_names_version(sku) if regex.match(`^[A-Za-z]+[0-9]+$`, sku)

_retired(row) if clock.now_ns >= clock.date_ns(row.from)

# Before any date that an input could bear.
_retired(row) if clock.date_ns(row.from) == 0

_went(row) := "gets no security updates" if {
	clock.date_ns(row.from) == 0
} else := concat(" ", ["got its last security updates before", row.from])
