# METADATA
# title: The control plane's Kubernetes version still has support
# description: |
#   A minor version gets security fixes for about a year, with long-term support for about two. After that, known flaws
#   of the API server stay open.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/supported-kubernetes-versions
# custom:
#   id: AKSC-D7-AZ-06
#   item: D7
#   severity: high
#   kinds: [Microsoft.ContainerService/managedClusters]
#   needs: [Microsoft.ContainerService/managedClusters]
#   parameters:
#     calendar:
#       "1.29": {eol: "2025-03-31", lts: "2026-04-30"}
#       "1.30": {eol: "2025-08-22", lts: "2026-07-31"}
#       "1.31": {eol: "2025-11-01", lts: "2026-11-30"}
#       "1.32": {eol: "2026-03-31", lts: "2027-03-31"}
#       "1.33": {eol: "2026-07-31", lts: "2027-07-31"}
#       "1.34": {eol: "2026-11-30", lts: "2027-11-30"}
#       "1.35": {eol: "2027-03-31", lts: "2028-03-31"}
#       "1.36": {eol: "2027-06-30", lts: "2028-06-30"}
#       "1.37": {eol: "2027-10-31", lts: "2028-10-31"}
#     asOf: "2026-08-21"
#     minimumPatch: {}
#     warnDays: 60
#   args: {version: string, fault: string}
#   message: "{name} runs Kubernetes {version}: {fault}"
#   remediation: "Upgrade {name} with `az aks upgrade`, one minor version after the other, or move it to long-term support, which needs the Premium tier."
#   mappings:
#     azure-policy: [fb893a29-21bb-418c-a157-e99480ec364c]
#     psrule: [Azure.AKS.Version]
#     mcsb: [PV-7]
package controls.d7.kubernetes_version_unsupported

import data.lib.azure
import data.lib.clock
import data.lib.finding

violation contains finding.observed(finding.at(version.ref, version.path, _args(version, fault))) if {
	some version in _versions
	_outdated(version)
	fault := "this minor version has no support any more"
}

violation contains finding.observed(finding.at(version.ref, version.path, _args(version, fault))) if {
	some version in _versions
	clock.now_ns >= clock.end_ns(_end(version))
	fault := concat(" ", ["its support ended on", _end(version)])
}

violation contains finding.observed(finding.rated(version.ref, version.path, _args(version, fault), "low")) if {
	some version in _versions
	clock.now_ns < clock.end_ns(_end(version))
	clock.now_ns >= clock.date_ns(_end(version)) - clock.days(_parameters.warnDays)
	fault := concat(" ", ["its support ends on", _end(version)])
}

violation contains finding.observed(finding.at(version.ref, version.path, _args(version, fault))) if {
	some version in _versions
	least := _parameters.minimumPatch[version.minor]
	version.parts[2] < least
	fault := sprintf("patch %v or later is asked for", [least])
}

undecided contains row if some row in azure.unreadable

undecided contains finding.unknown(cluster.ref, path, "the Kubernetes version") if {
	some cluster in azure.clusters
	not cluster.ref in {version.ref | some version in _versions}
	path := azure.closest(cluster.resource, ["properties", "kubernetesVersion"])
}

undecided contains finding.unknown(version.ref, version.path, missing) if {
	some version in _versions
	_newer_than_calendar(version)
	missing := sprintf("a calendar that knows Kubernetes %v (this one is of %v)", [version.minor, _parameters.asOf])
}

undecided contains finding.unknown(version.ref, version.path, clock.missing) if {
	some version in _versions
	_end(version)
	not clock.now_ns
}

undecided contains finding.unknown(version.ref, version.path, "the patch of the Kubernetes version") if {
	some version in _versions
	_parameters.minimumPatch[version.minor]
	count(version.parts) == 2
}

_args(version, fault) := {"version": version.text, "fault": fault}

_parameters := data.parameters["AKSC-D7-AZ-06"]

# What runs, or, where that is not shown, what was asked for.
_versions := [version |
	some cluster in azure.clusters
	path := [path |
		some field in ["currentKubernetesVersion", "kubernetesVersion"]
		path := ["properties", field]
		count(azure.version(azure.value(cluster.resource, path))) >= 2
	][0]
	text := azure.value(cluster.resource, path)
	parts := azure.version(text)
	version := {
		"ref": cluster.ref,
		"path": path,
		"text": text,
		"parts": parts,
		"minor": sprintf("%v.%v", [parts[0], parts[1]]),
		"term": _term(cluster.resource),
	}
]

_term(resource) := "lts" if {
	azure.same(azure.value(resource, ["properties", "supportPlan"]), "AKSLongTermSupport")
	azure.same(azure.value(resource, ["sku", "tier"]), "Premium")
} else := "eol"

_end(version) := _parameters.calendar[version.minor][version.term]

_newer_than_calendar(version) if {
	every minor, _ in _parameters.calendar {
		azure.version(minor) < array.slice(version.parts, 0, 2)
	}
}

_outdated(version) if {
	not _parameters.calendar[version.minor]
	not _newer_than_calendar(version)
}
