# METADATA
# title: The last rotation of the cluster's certificates is on record
# description: |
#   A leaked client certificate works until it ends or the cluster's certificates are rotated, also after local accounts
#   were disabled. Azure shows neither day, so they have to be recorded.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/certificate-rotation
# custom:
#   id: AKSC-O2-AT-01
#   item: O2
#   severity: high
#   unit: cluster
#   kinds: [Attestation, Microsoft.ContainerService/managedClusters]
#   reads:
#     Microsoft.ContainerService/managedClusters: [properties.disableLocalAccounts, systemData.createdAt]
#   parameters:
#     maxAgeDays: {default: null, type: number}
#     rotatePeriodDays: {default: null, type: number}
#   args: {reason: string}
#   message: "Nobody vouches for the rotation of the cluster's certificates: {reason}"
#   remediation: "Rotate with `az aks rotate-certs` where it is due, and record it as an Attestation for AKSC-O2-AT-01 with evidence.lastRotation, and with localAccountsDisabledOn and lastLeak where there are such days."
#   mappings: {}
package controls.o2.certificate_rotation_unrecorded

import data.lib.attestation
import data.lib.azure
import data.lib.clock
import data.lib.finding

_id := "AKSC-O2-AT-01"

violation contains row if some row in attestation.violations(_id, null)

violation contains finding.at(_ref, _place("lastRotation"), {"reason": reason}) if {
	some days in _limits
	not clock.date_ns(_rotation)
	reason := sprintf("evidence.lastRotation names no day, and rotation is asked for every %v days", [days])
}

violation contains finding.at(_ref, ["evidence", "lastRotation"], {"reason": reason}) if {
	some days in _limits
	clock.now_ns >= clock.end_ns(_rotation) + clock.days(days)
	reason := sprintf("the last rotation was on %v, more than %v days ago", [_rotation, days])
}

# Certificates from before that day still work.
violation contains finding.at(_ref, _place("lastRotation"), {"reason": reason}) if {
	some event, words in {"localAccountsDisabledOn": "local accounts were disabled on", "lastLeak": "a credential leaked on"}
	day := attestation.evidence(_resource, event)
	day != null
	not _rotated_since(day)
	reason := sprintf("%v %v and no rotation since then is recorded", [words, day])
}

undecided contains row if some row in attestation.undecided(_id, null)

undecided contains finding.unknown(_ref, ["evidence", "lastRotation"], clock.missing) if {
	not clock.now_ns
	count(_limits) > 0
	clock.date_ns(_rotation)
}

undecided contains finding.unknown(_ref, _place("localAccountsDisabledOn"), missing) if {
	some cluster in azure.clusters
	cluster.resource.properties.disableLocalAccounts == true
	clock.date_ns(cluster.resource.systemData.createdAt) < clock.date_ns(_resource.on)
	attestation.evidence(_resource, "localAccountsDisabledOn") == null
	missing := "the day on which local accounts were disabled (evidence.localAccountsDisabledOn)"
}

subject contains ref if some ref in attestation.subjects(_id, null)

# Defined only where the attestation says yes and holds.
_ref := attestation.record(_id).ref if attestation.affirmed(_id, null)

_resource := attestation.record(_id).resource if attestation.affirmed(_id, null)

_rotation := attestation.evidence(_resource, "lastRotation")

_rotated_since(day) if clock.date_ns(_rotation) >= clock.date_ns(day)

_limits := {days |
	_resource
	some name in ["maxAgeDays", "rotatePeriodDays"]
	days := data.parameters[_id][name]
	is_number(days)
}

_place(field) := azure.closest(_resource, ["evidence", field])
