package lib.ingress_test

import data.lib.ingress

_type := "Microsoft.Network/applicationGateways"

_firewalls := "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies"

_unit(gateways, policies) := {"kinds": {
	_type: [{"ref": index, "resource": gateway} | some index, gateway in gateways],
	_firewalls: [{"ref": 100 + index, "resource": policy} | some index, policy in policies],
}}

_gateway(id, policy) := {"id": id, "properties": {"firewallPolicy": {"id": policy}}}

_policy(mode) := {"id": "/W", "properties": {"policySettings": {"mode": mode}}}

test_gateway_wide if {
	ingress.gateway_wide == "blocks" with input as _unit([_gateway("/a", "/w")], [_policy("Prevention")])
	ingress.gateway_wide == "lets pass" with input as _unit([_gateway("/a", "/w")], [_policy("Detection")])
	ingress.gateway_wide == "lets pass" with input as _unit([{"id": "/a", "properties": {}}], [])
	not ingress.gateway_wide with input as _unit([_gateway("/a", "/w")], [])
	not ingress.gateway_wide with input as _unit([], [])
}

test_gateways_that_differ_decide_nothing if {
	unit := _unit([_gateway("/a", "/w"), {"id": "/b", "properties": {}}], [_policy("Prevention")])
	not ingress.gateway_wide with input as unit
	cluster := {"properties": {"addonProfiles": {"ingressApplicationGateway": {"config": {"applicationGatewayId": "/A"}}}}}
	named := json.patch(unit, [{
		"op": "add",
		"path": ["kinds", "Microsoft.ContainerService/managedClusters"],
		"value": [{"ref": 9, "resource": cluster}],
	}])
	ingress.gateway_wide == "blocks" with input as named
}

test_controllers if {
	class := {"metadata": {"name": "azure-application-gateway"}, "spec": {"controller": "example.com/other"}}
	declared := {"kinds": {"IngressClass": [{"ref": 0, "resource": class}]}}
	agic := {"spec": {"ingressClassName": "azure-application-gateway"}}
	ingress.controller_of(agic) == "azure/application-gateway" with input as {"kinds": {}}
	ingress.controller_of(agic) == "example.com/other" with input as declared
	not ingress.controller_of({"spec": {}}) with input as declared
}

test_firewall_id if {
	prefix := "/subscriptions/0/resourceGroups/a/providers/Microsoft.Network/"
	ingress.is_firewall_id(concat("", [prefix, "applicationGatewayWebApplicationFirewallPolicies/w"]))
	not ingress.is_firewall_id("w")
}
