# METADATA
# title: Traffic leaves the cluster through a firewall of yours, or not at all
# description: |
#   By default a load balancer or NAT gateway lets every pod reach the whole internet, where stolen data goes and attack
#   tools come from. A route to a firewall, or no way out at all, makes egress a decision.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/egress-outboundtype
#   - ref: https://learn.microsoft.com/azure/aks/limit-egress-traffic
# custom:
#   id: AKSC-D5-AZ-01
#   item: D5
#   severity: high
#   unit: cluster
#   kinds: [Microsoft.ContainerService/managedClusters, CiliumNetworkPolicy, CiliumClusterwideNetworkPolicy]
#   subjects: [Microsoft.ContainerService/managedClusters]
#   needs: [Microsoft.ContainerService/managedClusters]
#   reads:
#     Microsoft.ContainerService/managedClusters: [sku.name, properties.networkProfile, properties.bootstrapProfile, properties.provisioningState]
#     CiliumNetworkPolicy: [spec.egress.toFQDNs, specs.egress.toFQDNs]
#     CiliumClusterwideNetworkPolicy: [spec.egress.toFQDNs, specs.egress.toFQDNs]
#   parameters:
#     accepted: [userDefinedRouting]
#     acceptedIsolated: [none, block]
#     acceptNatGateway: false
#   args: {outboundType: string}
#   message: "{name} lets traffic out without control (outboundType: {outboundType})"
#   remediation: "Route the node subnet through a firewall and set outboundType to userDefinedRouting, or isolate the cluster with outboundType none or block and bootstrapProfile.artifactSource Cache."
#   mappings:
#     azqr: [aks-012]
package controls.d5.egress_uncontrolled

import data.lib.azure
import data.lib.finding

violation contains finding.observed(finding.at(cluster.ref, path, {"outboundType": _text(type)})) if {
	some cluster in azure.clusters
	type := azure.value(cluster.resource, _place)
	_judged(cluster.resource, type)
	not _controlled(cluster.resource, type)
	not _perhaps_filtered(cluster.resource, type)
	path := azure.closest(cluster.resource, _place)
}

undecided contains row if some row in azure.unreadable

undecided contains finding.unknown(cluster.ref, path, "an outboundType that is known here") if {
	some cluster in azure.clusters
	type := azure.value(cluster.resource, _place)
	not _judged(cluster.resource, type)
	not _controlled(cluster.resource, type)
	path := azure.closest(cluster.resource, _place)
}

undecided contains finding.unknown(cluster.ref, _place, concat(", ", _not_given)) if {
	some cluster in azure.clusters
	type := azure.value(cluster.resource, _place)
	_perhaps_filtered(cluster.resource, type)
	not _controlled(cluster.resource, type)
}

_place := ["properties", "networkProfile", "outboundType"]

_parameters := data.parameters["AKSC-D5-AZ-01"]

_nat_gateways := ["managedNATGateway", "managedNATGatewayV2", "userAssignedNATGateway"]

_known := array.concat(["loadBalancer", "userDefinedRouting", "none", "block"], _nat_gateways)

_judged(_, type) if azure.listed(type, _known)

# Absent means a load balancer, but AKS Automatic decides by its network when it is deployed.
_judged(resource, null) if not _automatic_template(resource)

_automatic_template(resource) if {
	azure.automatic(resource)
	not azure.live(resource)
}

_controlled(_, type) if azure.listed(type, _parameters.accepted)

_controlled(resource, type) if {
	azure.listed(type, _parameters.acceptedIsolated)
	azure.same(azure.value(resource, ["properties", "bootstrapProfile", "artifactSource"]), "Cache")
}

_controlled(resource, type) if {
	_filtering_gateway(resource, type)
	_limits_names
}

_perhaps_filtered(resource, type) if {
	_filtering_gateway(resource, type)
	count(_not_given) > 0
}

_filtering_gateway(resource, type) if {
	_parameters.acceptNatGateway
	azure.listed(type, _nat_gateways)
	networking := resource.properties.networkProfile.advancedNetworking
	networking.enabled == true
	networking.security.enabled == true
	_policies_by_name(azure.value(networking, ["security", "advancedNetworkPolicies"]))
}

_policies_by_name(null)

_policies_by_name(value) if azure.listed(value, ["FQDN", "L7"])

_policy_kinds := ["CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy"]

_limits_names if {
	some kind in _policy_kinds
	some policy in object.get(input.kinds, kind, [])
	some spec in array.flatten([object.get(policy.resource, "spec", []), object.get(policy.resource, "specs", [])])
	some rule in spec.egress
	count(rule.toFQDNs) > 0
}

_not_given := [kind | some kind in _policy_kinds; not data.snapshot.complete[kind]]

_text(null) := "absent, which is loadBalancer"

_text(type) := sprintf("%v", [type]) if type != null
