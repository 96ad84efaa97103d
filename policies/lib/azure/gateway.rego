package lib.azure

# METADATA
# description: |
#   The application gateways that stand in front of the cluster, as ref and resource: the one of its ingress add-on, and
#   those whose backends are an address or a host name of the cluster.
cluster_gateways := [gateway |
	some gateway in resources("Microsoft.Network/applicationGateways")
	_in_front(gateway.resource)
]

_in_front(gateway) if {
	some cluster in clusters
	some key in ["effectiveApplicationGatewayId", "applicationGatewayId"]
	same(gateway.id, value(cluster.resource, ["properties", "addonProfiles", "ingressApplicationGateway", "config", key]))
}

_in_front(gateway) if {
	some backend in _backends(gateway)
	some address in _addresses(backend)
	_in_cluster(address)
}

_in_front(gateway) if {
	some backend in _backends(gateway)
	listed(backend.fqdn, _hosts)
}

_backends(gateway) := [backend |
	some pool in gateway.properties.backendAddressPools
	some backend in pool.properties.backendAddresses
]

_addresses(backend) := {backend.ipAddress}

_addresses(backend) := {record.ipv4Address |
	some zone_record in resources("Microsoft.Network/privateDnsZones/A")
	same(_record_name(zone_record.resource.id), backend.fqdn)
	some record in zone_record.resource.properties.aRecords
} if {
	not backend.ipAddress
}

# .../privateDnsZones/shop.internal/A/web is web.shop.internal
_record_name(id) := concat(".", [parts[count(parts) - 1], parts[count(parts) - 3]]) if parts := split(id, "/")

_in_cluster(address) if address in _service_addresses

_in_cluster(address) if {
	some prefix in _ranges
	net.cidr_contains(range(prefix), range(address))
}

_service_addresses := {ingress.ip |
	some service in object.get(input.kinds, "Service", [])
	some ingress in service.resource.status.loadBalancer.ingress
}

# Pod and service ranges of the cluster, and the ranges of the subnets of its node pools.
_ranges := (_network_ranges | _subnet_ranges) | _embedded_subnet_ranges

_network_ranges := {prefix |
	some cluster in clusters
	profile := cluster.resource.properties.networkProfile
	some prefix in array.flatten([
		object.get(profile, "podCidr", []),
		object.get(profile, "podCidrs", []),
		object.get(profile, "serviceCidr", []),
		object.get(profile, "serviceCidrs", []),
	])
	is_string(prefix)
}

_pool_subnets := {lower(id) |
	some pool in pools
	some key in ["vnetSubnetID", "podSubnetID"]
	id := pool.profile[key]
	is_string(id)
}

_subnet_ranges := {prefix |
	some subnet in resources("Microsoft.Network/virtualNetworks/subnets")
	some prefix in _prefixes(subnet.resource)
}

_embedded_subnet_ranges := {prefix |
	some network in resources("Microsoft.Network/virtualNetworks")
	some subnet in network.resource.properties.subnets
	some prefix in _prefixes(subnet)
}

_prefixes(subnet) := {prefix |
	lower(subnet.id) in _pool_subnets
	some prefix in array.flatten([
		object.get(subnet.properties, "addressPrefix", []),
		object.get(subnet.properties, "addressPrefixes", []),
	])
	is_string(prefix)
}

_hosts := {host |
	some ingress in object.get(input.kinds, "Ingress", [])
	some rule in ingress.resource.spec.rules
	host := rule.host
} | {host |
	some route in object.get(input.kinds, "HTTPRoute", [])
	some host in route.resource.spec.hostnames
}

# METADATA
# description: |
#   Holds for a gateway that has a public address, and for one whose frontends cannot be read.
public_gateway(gateway) if not is_array(value(gateway, ["properties", "frontendIPConfigurations"]))

public_gateway(gateway) if {
	some frontend in gateway.properties.frontendIPConfigurations
	value(frontend, ["properties", "publicIPAddress"]) != null
}
