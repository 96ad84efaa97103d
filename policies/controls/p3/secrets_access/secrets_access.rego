# METADATA
# title: Roles reach only the secrets they need
# description: |
#   Who may read all secrets of a namespace holds every credential in it, service account tokens included; list and
#   watch return the values just as get does. A rule limited to named secrets gives away only those.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#secrets
#   - ref: https://kubernetes.io/docs/concepts/security/secrets-good-practices/
# custom:
#   id: AKSC-P3-05
#   item: P3
#   severity: high
#   kinds: [Role, ClusterRole]
#   reads:
#     ClusterRole: ["metadata.name"]
#     Role: ["metadata.name"]
#   parameters:
#     excludedNamespaces: aks
#     builtinRoleNames: ["^system:", "^(cluster-admin|admin|edit|view)$"]
#     managedRoleLabels: ["addonmanager.kubernetes.io/mode", "kubernetes.azure.com/managedby"]
#     ignoredRoleNamePatterns: ["^aks-service$", "^gatekeeper-manager-role$", "^calico-", "^tigera-operator$"]
#     readVerbs: [get, list, watch]
#     writeVerbs: [create, update, patch, delete, deletecollection]
#     writeSeverity: medium
#     resourceNamesIsAcceptable: true
#   args: {verbs: strings}
#   folds: ["AKSC-P3-02", "AKSC-P3-04"]
#   message: "{kind} {name} grants {verbs} on all secrets in its reach"
#   remediation: >-
#     Take secrets out of the rule, or name the ones that are needed in `resourceNames` and leave only the verb get.
#   mappings:
#     cis-aks: ["4.1.2"]
#     kubescape: [C-0015, C-0186]
#     trivy: [KSV-0041, KSV-0113]
#     checkov: [CKV2_K8S_5]
#     kube-linter: [access-to-secrets]
package controls.p3.secrets_access

import data.lib.finding
import data.lib.rbac

violation contains finding.rated(0, place.path, {"verbs": verbs}, severity) if {
	not rbac.provided(input.resource, "AKSC-P3-05")
	some place in rbac.rules_of(input.resource)
	rbac.covers(place.rule, "", "secrets")
	not _narrowed(place.rule)
	[verbs, severity] := _granted(place.rule)
}

# Verbs that give away what a secret holds weigh more than those that only change it.
_granted(rule) := [verbs, "high"] if {
	verbs := _verbs(rule, "readVerbs")
	count(verbs) > 0
} else := [verbs, data.parameters["AKSC-P3-05"].writeSeverity] if {
	verbs := _verbs(rule, "writeVerbs")
	count(verbs) > 0
}

_verbs(rule, parameter) := rbac.verbs(rule, data.parameters["AKSC-P3-05"][parameter])

# Named secrets are acceptable for list and watch too: the server then asks for a selector with that name.
_narrowed(rule) if {
	rbac.named(rule)
	data.parameters["AKSC-P3-05"].resourceNamesIsAcceptable
}

# A rule with names never matches a request that has none, as a create or a delete of a collection.
_narrowed(rule) if {
	rbac.named(rule)
	count(rbac.verbs(rule, ["get", "list", "watch", "update", "patch", "delete"])) == 0
}

undecided contains finding.unknown(0, place.path, place.missing) if some place in rbac.malformed
