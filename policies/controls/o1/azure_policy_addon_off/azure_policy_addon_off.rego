# METADATA
# title: A policy engine, Azure's add-on or another, enforces rules in the cluster
# description: |
#   Policies assigned in Azure reach the objects of a cluster only through the add-on. Where you run Gatekeeper or Kyverno
#   yourself with rules that refuse, they do its work.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/governance/policy/concepts/policy-for-kubernetes
# custom:
#   id: AKSC-O1-AZ-01
#   item: O1
#   severity: high
#   unit: cluster
#   kinds: [Microsoft.ContainerService/managedClusters, ConstraintTemplate, ValidatingWebhookConfiguration, ClusterPolicy]
#   subjects: [Microsoft.ContainerService/managedClusters]
#   needs: [Microsoft.ContainerService/managedClusters]
#   reads:
#     Microsoft.ContainerService/managedClusters: [sku.name, properties.addonProfiles]
#     ConstraintTemplate: [metadata.name]
#     ValidatingWebhookConfiguration: [webhooks.name]
#     ClusterPolicy: [spec.validationFailureAction, spec.rules.validate.failureAction]
#   parameters:
#     acceptSelfManagedEngine: true
#   args: {}
#   message: "The Azure Policy add-on is off in {name}, and no other policy engine enforces rules"
#   remediation: "Turn it on with `az aks enable-addons --addons azure-policy`, and assign policies that deny."
#   mappings:
#     cis-aks: ["5.1.4"]
#     azure-policy: [0a15ec92-a229-4763-bb14-0ea34a568f8d]
#     psrule: [Azure.AKS.AzurePolicyAddOn]
#     checkov: [CKV_AZURE_116]
#     trivy: [AZU-0066]
#     mcsb: [AM-2, PV-2]
package controls.o1.azure_policy_addon_off

import data.lib.azure
import data.lib.finding

violation contains finding.observed(finding.at(cluster.ref, path, {})) if {
	some cluster in _without_addon
	not _perhaps_other_engine
	path := azure.closest(cluster.resource, _enabled)
}

undecided contains row if some row in azure.unreadable

undecided contains finding.unknown(cluster.ref, path, missing) if {
	some cluster in _without_addon
	_perhaps_other_engine
	path := azure.closest(cluster.resource, _enabled)
	missing := concat(", ", _not_given)
}

_enabled := ["properties", "addonProfiles", "azurepolicy", "enabled"]

_without_addon := [cluster |
	some cluster in azure.clusters
	azure.value(cluster.resource, _enabled) != true
	not azure.automatic(cluster.resource)
	not _other_engine
]

_accepted if data.parameters["AKSC-O1-AZ-01"].acceptSelfManagedEngine

# Constraints deny unless they say otherwise, but only what the webhook sends is asked.
_other_engine if {
	_accepted
	count(object.get(input.kinds, "ConstraintTemplate", [])) > 0
	some configuration in object.get(input.kinds, "ValidatingWebhookConfiguration", [])
	some webhook in configuration.resource.webhooks
	webhook.name == "validation.gatekeeper.sh"
}

_other_engine if {
	_accepted
	some policy in object.get(input.kinds, "ClusterPolicy", [])
	some action in _actions(policy.resource.spec)
	azure.same(action, "Enforce")
}

_actions(spec) := array.concat(
	[spec.validationFailureAction],
	[rule.validate.failureAction | some rule in spec.rules],
) if {
	spec.validationFailureAction
} else := [rule.validate.failureAction | some rule in spec.rules]

_perhaps_other_engine if {
	_accepted
	count(_not_given) > 0
}

_not_given := [kind |
	some kind in ["ConstraintTemplate", "ValidatingWebhookConfiguration", "ClusterPolicy"]
	not data.snapshot.complete[kind]
]
