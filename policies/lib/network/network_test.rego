package lib.network_test

import data.lib.network

_kubernetes(spec) := {"cilium": false, "selector": object.get(spec, "podSelector", {}), "spec": spec}

_cilium(spec) := {"cilium": true, "selector": {}, "spec": spec}

test_directions_of_kubernetes if {
	network.isolates(_kubernetes({"policyTypes": ["Egress"]}), "egress")
	not network.isolates(_kubernetes({"policyTypes": ["Egress"]}), "ingress")
	network.isolates(_kubernetes({}), "ingress")
	not network.isolates(_kubernetes({}), "egress")
	network.isolates(_kubernetes({"egress": [{}]}), "egress")
	not network.isolates(_kubernetes({"egress": []}), "egress")
	network.isolates(_kubernetes({"policyTypes": [], "egress": [{}]}), "egress")
	not network.isolates(_kubernetes({"policyTypes": ["Ingress"], "egress": [{}]}), "egress")
}

test_directions_of_cilium if {
	network.isolates(_cilium({"egress": [{}]}), "egress")
	network.isolates(_cilium({"egressDeny": [{"toEntities": ["world"]}]}), "egress")
	not network.isolates(_cilium({"ingress": [{}]}), "egress")
	not network.isolates(_cilium({"egress": [{}], "enableDefaultDeny": {"egress": false}}), "egress")
	network.isolates(_cilium({"enableDefaultDeny": {"egress": true}}), "egress")
}

_egress(rules) := _kubernetes({"policyTypes": ["Egress"], "egress": rules})

_dns := {"ports": [{"port": 53, "protocol": "UDP"}]}

test_denies_egress if {
	network.denies_egress(_kubernetes({"policyTypes": ["Egress"]}))
	network.denies_egress(_egress([_dns, {"to": [{"podSelector": {}}]}]))
	not network.denies_egress(_egress([{}]))
	not network.denies_egress(_egress([{"to": []}]))
	not network.denies_egress(_egress([{"ports": [{"port": 443}]}]))
	not network.denies_egress(_egress([{"to": [{"ipBlock": {"cidr": "0.0.0.0/0", "except": ["10.0.0.0/8"]}}]}]))
	not network.denies_egress(_egress({}))
}

test_limits_egress if {
	network.limits_egress(_egress([{"ports": [{"port": 443}]}]))
	not network.limits_egress(_egress([{}]))
	not network.limits_egress(_egress([{"to": [{"ipBlock": {"cidr": "::/0"}}]}]))
}

test_cilium_egress if {
	network.denies_egress(_cilium({"egress": [{}]}))
	network.denies_egress(_cilium({"egress": [{"toEndpoints": [{}]}]}))
	not network.denies_egress(_cilium({"egress": [{"toEntities": ["world"]}]}))
	not network.denies_egress(_cilium({"egress": [{"toCIDRSet": [{"cidr": "0.0.0.0/0"}]}]}))
	not network.denies_egress(_cilium({"egress": [{"toPorts": [{"ports": [{"port": "443"}]}]}]}))
	network.denies_egress(_cilium({"egress": [{"toPorts": [{"ports": [{"port": "53"}]}]}]}))
}

_unit := {
	"namespace": "shop",
	"byName": {"Namespace": {"/shop": 0}},
	"kinds": {
		"Namespace": [{"ref": 0, "resource": {"metadata": {"labels": {"team": "a"}}}}],
		"Deployment": [{"ref": 1, "resource": {
			"kind": "Deployment",
			"spec": {"template": {"metadata": {"labels": {"app": "web"}}, "spec": {}}},
		}}],
		"DaemonSet": [{"ref": 2, "resource": {"kind": "DaemonSet", "spec": {"template": {"spec": {"hostNetwork": true}}}}}],
		"NetworkPolicy": [{"ref": 3, "resource": {"spec": {"podSelector": {"matchLabels": {"app": "web"}}}}}],
		"CiliumClusterwideNetworkPolicy": [
			{"ref": 4, "resource": {"spec": {"endpointSelector": {"matchLabels": {
				"k8s:io.kubernetes.pod.namespace": "shop",
				"k8s:io.cilium.k8s.namespace.labels.team": "a",
			}}}}},
			{"ref": 5, "resource": {"spec": {"endpointSelector": {"matchLabels": {"io.kubernetes.pod.namespace": "other"}}}}},
			{"ref": 6, "resource": {"spec": {"nodeSelector": {}}}},
			{"ref": 7, "resource": {"specs": [{"endpointSelector": {}}, {"endpointSelector": {"matchLabels": {"any:app": "x"}}}]}},
		],
	},
}

test_pods_and_policies_of_a_unit if {
	pods := network.pods with input as _unit
	[pod.ref | some pod in pods] == [1]
	policies := network.policies with input as _unit
	[policy.ref | some policy in policies] == [3, 4, 5, 7, 7]
	selecting := [policy.ref | some policy in policies; network.selects(policy, pods[0])] with input as _unit
	selecting == [3, 4, 7]
}
