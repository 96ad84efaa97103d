# METADATA
# title: Those who run the cluster know the security guidance for AKS
# description: |
#   Who builds and runs the cluster should know its security essentials before deciding anything about it. Only people
#   can say that they have read a document, and in which version.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/concepts-security
#   - ref: https://learn.microsoft.com/azure/aks/operator-best-practices-cluster-security
# custom:
#   id: AKSC-P1-AT-01
#   item: P1
#   severity: medium
#   unit: cluster
#   kinds: [Attestation]
#   questions: []
#   parameters:
#     maxAgeDays: 365
#     documents: [AKS security concepts, AKS cluster security best practices, AKS security white paper]
#   args: {reason: string, documents: strings}
#   message: "Nobody vouches for the security guidance being read ({documents}): {reason}"
#   remediation: "Read the guidance, and record it as an Attestation for AKSC-P1-AT-01 whose evidence names each document with its version or date."
#   mappings: {}
package controls.p1.security_guidance_unread

import data.lib.attestation
import data.lib.finding

_id := "AKSC-P1-AT-01"

_parameters := data.parameters[_id]

violation contains finding.at(ref, path, _args(reason)) if {
	some [ref, path, {"reason": reason}] in attestation.violations(_id, _parameters.maxAgeDays)
}

violation contains finding.at(row.ref, path, _args("its evidence names no document with a version or date")) if {
	attestation.affirmed(_id, _parameters.maxAgeDays)
	row := attestation.record(_id)
	not _names_edition(row.resource)
	path := [field | field := "evidence"; field in object.keys(row.resource)]
}

undecided contains row if some row in attestation.undecided(_id, _parameters.maxAgeDays)

subject contains ref if some ref in attestation.subjects(_id, _parameters.maxAgeDays)

_args(reason) := {"documents": _parameters.documents, "reason": reason}

# A version or a date has a digit.
_names_edition(resource) if {
	some text in resource.evidence
	is_string(text)
	regex.match(`[A-Za-z].*[0-9]|[0-9].*[A-Za-z]`, text)
}
