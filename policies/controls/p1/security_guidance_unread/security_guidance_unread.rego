# METADATA
# title: The team has read the security guidance for AKS
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

violation contains finding.at(ref, path, object.union(args, {"documents": _parameters.documents})) if {
	some [ref, path, args] in attestation.violations(_id, _parameters.maxAgeDays)
}

violation contains finding.at(ref, path, {"documents": _parameters.documents, "reason": "its evidence names no document with a version or date"}) if {
	attestation.affirmed(_id, _parameters.maxAgeDays)
	some ref, resource in {attestation.record(_id).ref: attestation.record(_id).resource}
	not _names_edition(resource)
	path := [field | field := "evidence"; field in object.keys(resource)]
}

undecided contains row if some row in attestation.undecided(_id, _parameters.maxAgeDays)

subject contains ref if some ref in attestation.subjects(_id, _parameters.maxAgeDays)

# A version or a date has a digit.
_names_edition(resource) if {
	some text in resource.evidence
	is_string(text)
	regex.match(`[A-Za-z].*[0-9]|[0-9].*[A-Za-z]`, text)
}
