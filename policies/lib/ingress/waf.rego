package lib.ingress

import data.lib.azure
import data.lib.namespace

_gateways := azure.resources("Microsoft.Network/applicationGateways")

_firewalls := {lower(entry.resource.id): entry.resource |
	some entry in azure.resources("Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies")
}

# METADATA
# description: |
#   For unit cluster: what the application gateway that serves the cluster does with requests, "blocks" or "lets pass".
#   Undefined where the gateway, or the policy attached to it, is not in the input, or where several differ.
gateway_wide := state if {
	ids := _gateway_ids
	count(ids) > 0
	states := {_state(gateway) | some gateway in _gateways; lower(gateway.resource.id) in ids}
	count(states) == 1
	some state in states
	state != "unknown"
}

# The gateway that the add-on of the cluster names, else all there are.
_gateway_ids := named if {
	named := {lower(id) |
		some entry in azure.resources("Microsoft.ContainerService/managedClusters")
		config := entry.resource.properties.addonProfiles.ingressApplicationGateway.config
		id := object.get(config, "effectiveApplicationGatewayId", object.get(config, "applicationGatewayId", null))
		is_string(id)
	}
	count(named) > 0
} else := {lower(gateway.resource.id) | some gateway in _gateways}

_state(gateway) := _policy_state(lower(gateway.resource.properties.firewallPolicy.id))

_state(gateway) := "blocks" if {
	not gateway.resource.properties.firewallPolicy.id
	_own_firewall_blocks(gateway)
}

_state(gateway) := "lets pass" if {
	not gateway.resource.properties.firewallPolicy.id
	not _own_firewall_blocks(gateway)
}

_own_firewall_blocks(gateway) if {
	own := gateway.resource.properties.webApplicationFirewallConfiguration
	own.enabled == true
	lower(own.firewallMode) == "prevention"
}

_policy_state(id) := "blocks" if {
	_blocks(_firewalls[id])
} else := "lets pass" if {
	_firewalls[id]
} else := "unknown"

_blocks(firewall) if {
	lower(firewall.properties.policySettings.mode) == "prevention"
	lower(object.get(firewall.properties.policySettings, "state", "Enabled")) == "enabled"
}

# METADATA
# description: Holds for the resource id of a WAF policy.
is_firewall_id(id) if {
	startswith(lower(id), "/subscriptions/")
	contains(lower(id), "/providers/microsoft.network/applicationgatewaywebapplicationfirewallpolicies/")
}

# METADATA
# description: |
#   For unit cluster: the names ("namespace/name") of the routes attached to a Gateway that no WAF policy of Application
#   Gateway for Containers covers, neither on the route, nor on the Gateway or the listeners it uses.
uncovered_routes(gateway) := [_name(route) |
	some entry in input.kinds.HTTPRoute
	route := entry.resource
	some parent in route.spec.parentRefs
	_attached(parent, route, gateway)
	not _targeted("HTTPRoute", route)
	not _listener_targeted(gateway, parent)
]

_name(resource) := concat("/", [namespace.of(resource), resource.metadata.name])

_attached(parent, route, gateway) if {
	object.get(parent, "kind", "Gateway") == "Gateway"
	parent.name == gateway.metadata.name
	object.get(parent, "namespace", namespace.of(route)) == namespace.of(gateway)
}

# What a policy without a firewall is attached to stays open.
_targets := [target |
	some entry in input.kinds.WebApplicationFirewallPolicy
	spec := entry.resource.spec
	spec.webApplicationFirewall.id != ""
	target := {
		"kind": spec.targetRef.kind,
		"name": concat("/", [
			object.get(spec.targetRef, "namespace", namespace.of(entry.resource)),
			spec.targetRef.name,
		]),
		"sections": object.get(spec.targetRef, "sectionNames", []),
	}
]

_targeted(kind, resource) if {
	some target in _targets
	target.kind == kind
	target.name == _name(resource)
}

_listener_targeted(gateway, _) if {
	some target in _gateway_targets(gateway)
	target.sections in [null, []]
}

_listener_targeted(gateway, parent) if {
	some target in _gateway_targets(gateway)
	parent.sectionName in target.sections
}

# A route that names no listener uses all of them.
_listener_targeted(gateway, parent) if {
	not parent.sectionName
	count(gateway.spec.listeners) > 0
	sections := {section | some target in _gateway_targets(gateway); some section in target.sections}
	every listener in gateway.spec.listeners {
		listener.name in sections
	}
}

_gateway_targets(gateway) := [target | some target in _targets; target.kind == "Gateway"; target.name == _name(gateway)]
