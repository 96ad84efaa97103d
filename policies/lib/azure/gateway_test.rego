package lib.azure_gateway_test

import data.lib.azure

_gateway(backends) := {
	"id": "/subscriptions/s/agw",
	"properties": {"backendAddressPools": [{"properties": {"backendAddresses": backends}}]},
}

_beside(gateway, kinds) := {"unit": "cluster", "kinds": object.union(kinds, gateways)} if {
	gateways := {"Microsoft.Network/applicationGateways": [{"ref": 9, "resource": gateway}]}
}

_cluster(properties) := {"Microsoft.ContainerService/managedClusters": [{"ref": 0, "resource": {"properties": properties}}]}

_found := [gateway.ref | some gateway in azure.cluster_gateways]

test_of_the_ingress_add_on if {
	config := {"effectiveApplicationGatewayId": "/subscriptions/S/AGW"}
	addon := {"addonProfiles": {"ingressApplicationGateway": {"config": config}}}
	_found == [9] with input as _beside(_gateway([]), _cluster(addon))
}

test_backend_in_the_pod_range if {
	kinds := _cluster({"networkProfile": {"podCidr": "10.244.0.0/16"}})
	_found == [9] with input as _beside(_gateway([{"ipAddress": "10.244.3.7"}]), kinds)
	_found == [] with input as _beside(_gateway([{"ipAddress": "10.9.3.7"}]), kinds)
	_found == [] with input as _beside(_gateway([{"ipAddress": "odd"}]), kinds)
}

test_backend_in_a_node_subnet if {
	kinds := object.union(
		_cluster({"agentPoolProfiles": [{"vnetSubnetID": "/s/nodes"}]}),
		{"Microsoft.Network/virtualNetworks": [{"ref": 1, "resource": {"properties": {"subnets": [
			{"id": "/S/Nodes", "properties": {"addressPrefix": "10.1.0.0/24"}},
			{"id": "/s/other", "properties": {"addressPrefix": "10.2.0.0/24"}},
		]}}}]},
	)
	_found == [9] with input as _beside(_gateway([{"ipAddress": "10.1.0.9"}]), kinds)
	_found == [] with input as _beside(_gateway([{"ipAddress": "10.2.0.9"}]), kinds)
}

test_backend_is_a_service if {
	kinds := {"Service": [{"ref": 2, "resource": {"status": {"loadBalancer": {"ingress": [{"ip": "10.1.0.250"}]}}}}]}
	_found == [9] with input as _beside(_gateway([{"ipAddress": "10.1.0.250"}]), kinds)
}

test_backend_is_a_host_of_the_cluster if {
	kinds := {"Ingress": [{"ref": 3, "resource": {"spec": {"rules": [{"host": "shop.contoso.com"}]}}}]}
	_found == [9] with input as _beside(_gateway([{"fqdn": "Shop.contoso.com"}]), kinds)
	_found == [] with input as _beside(_gateway([{"fqdn": "other.contoso.com"}]), kinds)
}

test_backend_is_a_private_name if {
	kinds := {
		"Service": [{"ref": 2, "resource": {"status": {"loadBalancer": {"ingress": [{"ip": "10.1.0.250"}]}}}}],
		"Microsoft.Network/privateDnsZones/A": [{"ref": 4, "resource": {
			"id": "/x/privateDnsZones/contoso.internal/A/shop",
			"properties": {"aRecords": [{"ipv4Address": "10.1.0.250"}]},
		}}],
	}
	_found == [9] with input as _beside(_gateway([{"fqdn": "shop.contoso.internal"}]), kinds)
}

test_public if {
	azure.public_gateway({"properties": {"frontendIPConfigurations": [{"properties": {"publicIPAddress": {"id": "p"}}}]}})
	not azure.public_gateway({"properties": {"frontendIPConfigurations": [{"properties": {"publicIPAddress": null}}]}})
	azure.public_gateway({"properties": {"frontendIPConfigurations": {}}})
}
