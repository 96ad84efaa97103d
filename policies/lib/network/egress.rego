package lib.network

# METADATA
# description: |
#   Holds where a policy closes egress and opens it again to no more than named peers, or to anybody for DNS only.
denies_egress(policy) if {
	isolates(policy, "egress")
	_readable(policy)
	every rule in _egress_rules(policy) {
		not _open_to_all(policy, rule)
	}
}

# METADATA
# description: Holds where a policy closes egress and does not open it again for all peers on all ports.
limits_egress(policy) if {
	isolates(policy, "egress")
	_readable(policy)
	every rule in _egress_rules(policy) {
		not _open_entirely(policy, rule)
	}
}

_readable(policy) if object.get(policy.spec, "egress", null) == null

_readable(policy) if is_array(policy.spec.egress)

_egress_rules(policy) := rules if {
	rules := policy.spec.egress
	is_array(rules)
} else := []

_open_to_all(policy, rule) if {
	_to_anybody(policy, rule)
	not _dns_only(rule)
}

_open_entirely(policy, rule) if {
	_to_anybody(policy, rule)
	count(_ports(rule)) == 0
}

_to_anybody(policy, rule) if {
	not policy.cilium
	object.get(rule, "to", null) in [null, []]
}

_to_anybody(policy, rule) if {
	not policy.cilium
	some peer in rule.to
	_everywhere(peer.ipBlock.cidr)
}

_to_anybody(policy, rule) if {
	policy.cilium
	some entity in rule.toEntities
	entity in ["all", "world"]
}

_to_anybody(policy, rule) if {
	policy.cilium
	some range in rule.toCIDR
	_everywhere(range)
}

_to_anybody(policy, rule) if {
	policy.cilium
	some range in rule.toCIDRSet
	_everywhere(range.cidr)
}

# Ports without peers mean these ports of anybody. A rule that is wholly empty allows nothing, unlike in NetworkPolicy.
_to_anybody(policy, rule) if {
	policy.cilium
	object.keys(rule) in [{"toPorts"}, {"toPorts", "icmps"}, {"icmps"}]
}

_everywhere(range) if endswith(range, "/0")

_dns_only(rule) if {
	ports := _ports(rule)
	count(ports) > 0
	every port in ports {
		port in [53, "53", "dns", "dns-tcp"]
	}
}

# A port without a number, which means all, keeps null so that it is no DNS port.
_ports(rule) := array.concat(
	[object.get(port, "port", null) | is_array(rule.ports); some port in rule.ports],
	[object.get(port, "port", null) | is_array(rule.toPorts); some group in rule.toPorts; some port in group.ports],
)
