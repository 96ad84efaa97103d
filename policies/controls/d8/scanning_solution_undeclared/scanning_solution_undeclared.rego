# METADATA
# title: Something scans images and watches the running cluster
# description: |
#   Images gain known flaws after they are built, and attacks show only while they run; something has to look for both.
#   Products of other makers leave no trace in Azure, so they have to be named.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/defender-for-cloud/defender-for-containers-introduction
# custom:
#   id: AKSC-D8-AT-01
#   item: D8
#   severity: high
#   unit: cluster
#   kinds: [Attestation, Microsoft.ContainerService/managedClusters, Microsoft.Security/pricings]
#   reads:
#     Microsoft.ContainerService/managedClusters: [properties.securityProfile]
#   parameters:
#     maxAgeDays: 365
#     mustCover: [registry, runtime]
#   args: {reason: string}
#   message: "No scanning solution is vouched for: {reason}"
#   remediation: "Use Defender for Containers or another product for registry and cluster, and record another product as an Attestation for AKSC-D8-AT-01 with evidence {product, covers, findingsTo}."
#   mappings:
#     cis-aks: ["5.1.1"]
package controls.d8.scanning_solution_undeclared

import data.lib.attestation
import data.lib.azure
import data.lib.finding

_id := "AKSC-D8-AT-01"

_parameters := data.parameters[_id]

violation contains row if {
	some row in attestation.violations(_id, _parameters.maxAgeDays)
	not _answered_by_defender
}

violation contains finding.at(_ref, path, {"reason": reason}) if {
	some what in _parameters.mustCover
	not _covers(what)
	path := azure.closest(_resource, ["evidence", "covers"])
	reason := concat(" ", ["its evidence does not say that it covers", what])
}

violation contains finding.at(_ref, path, {"reason": reason}) if {
	not is_array(_resource.evidence)
	some field, words in {"product": "which product it is", "findingsTo": "where its findings go"}
	not _said(attestation.evidence(_resource, field))
	path := azure.closest(_resource, ["evidence", field])
	reason := concat(" ", ["its evidence does not say", words])
}

undecided contains row if {
	some row in attestation.undecided(_id, _parameters.maxAgeDays)
	not _answered_by_defender
}

subject contains ref if some ref in attestation.subjects(_id, _parameters.maxAgeDays)

# Defined only where the attestation says yes and holds.
_ref := attestation.record(_id).ref if attestation.affirmed(_id, _parameters.maxAgeDays)

_resource := attestation.record(_id).resource if attestation.affirmed(_id, _parameters.maxAgeDays)

_covers(what) if azure.listed(what, attestation.evidence(_resource, "covers"))

# Evidence in sentences names it somewhere.
_covers(what) if {
	is_array(_resource.evidence)
	some text in _resource.evidence
	contains(lower(text), lower(what))
}

_said(text) if {
	is_string(text)
	trim_space(text) != ""
}

# Where nobody says anything, the sensor and a paid plan do: images and cluster are scanned.
_answered_by_defender if {
	not attestation.record(_id)
	some cluster in azure.clusters
	azure.defended(cluster.resource)
	some plan in azure.resources("Microsoft.Security/pricings")
	azure.same(plan.resource.name, "Containers")
	azure.same(plan.resource.properties.pricingTier, "Standard")
	not _elsewhere(plan.resource, cluster.resource)
}

_elsewhere(plan, cluster) if azure.subscription(plan.id) != azure.subscription(cluster.id)
