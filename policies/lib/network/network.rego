# METADATA
# title: Network policies of a namespace
# description: |
#   For unit namespace: which policies stand in it or reach into it, which pods they select, and which direction of
#   traffic they close. Understands NetworkPolicy and the two kinds of Cilium.
package lib.network

import data.lib.namespace
import data.lib.selector
import data.lib.workload

# METADATA
# description: |
#   The workloads of the unit whose pods have a network of their own, each with ref, resource and labels. Pods on the
#   network of their node are out of reach of policies.
pods := [{"ref": entry.ref, "resource": entry.resource, "labels": workload.labels(entry.resource)} |
	some kind in workload.kinds
	some entry in input.kinds[kind]
	not workload.host_network(entry.resource)
]

# METADATA
# description: |
#   The policies of the unit, each with ref, cilium (a boolean), selector and spec. A Cilium object with several specs
#   gives one for each; those that are about nodes are left out.
policies := array.concat(_kubernetes_policies, _cilium_policies)

_kubernetes_policies := [policy |
	some entry in input.kinds.NetworkPolicy
	spec := object.get(entry.resource, "spec", {})
	policy := {
		"ref": entry.ref,
		"cilium": false,
		"selector": object.get(spec, "podSelector", {}),
		"spec": spec,
	}
]

_cilium_policies := [policy |
	some kind in ["CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy"]
	some entry in input.kinds[kind]
	some spec in _cilium_specs(entry.resource)
	policy := {
		"ref": entry.ref,
		"cilium": true,
		"selector": _unprefixed(spec.endpointSelector),
		"spec": spec,
	}
]

_cilium_specs(resource) := array.concat(
	[spec | spec := resource.spec; is_object(spec)],
	[spec | is_array(resource.specs); some spec in resource.specs],
)

# Cilium writes the source of a label before its key. Labels of Kubernetes and of any source are those of the pod.
_unprefixed(labels) := {
	"matchLabels": {_unprefixed_key(key): value | some key, value in labels.matchLabels},
	"matchExpressions": [object.union(expression, {"key": _unprefixed_key(expression.key)}) |
		some expression in labels.matchExpressions
	],
}

_unprefixed_key(key) := trim_prefix(trim_prefix(key, "k8s:"), "any:")

# METADATA
# description: Holds where a policy selects a pod.
selects(policy, pod) if {
	not policy.cilium
	selector.matches(policy.selector, pod.labels)
}

selects(policy, pod) if {
	policy.cilium
	selector.matches(policy.selector, object.union(_cilium_labels(pod), pod.labels))
}

# Labels that Cilium gives to a pod beside its own.
_cilium_labels(pod) := object.union(
	{
		"io.kubernetes.pod.namespace": input.namespace,
		"io.cilium.k8s.policy.serviceaccount": workload.service_account(pod.resource),
	},
	{concat("", ["io.cilium.k8s.namespace.labels.", key]): value | some key, value in namespace.labels},
)

# METADATA
# description: Holds where a policy selects every pod of the namespace.
selects_all(policy) if selector.selects_all(policy.selector)

# METADATA
# description: |
#   Holds where a policy closes a direction ("ingress" or "egress") of the pods that it selects, but for what its rules
#   allow. Without policyTypes that is ingress, and egress only where there are rules for it.
isolates(policy, direction) if {
	not policy.cilium
	some type in policy.spec.policyTypes
	lower(type) == direction
}

isolates(policy, "ingress") if {
	not policy.cilium
	object.get(policy.spec, "policyTypes", null) in [null, []]
}

isolates(policy, "egress") if {
	not policy.cilium
	object.get(policy.spec, "policyTypes", null) in [null, []]
	count(policy.spec.egress) > 0
}

isolates(policy, direction) if {
	policy.cilium
	policy.spec.enableDefaultDeny[direction] == true
}

isolates(policy, direction) if {
	policy.cilium
	object.get(policy.spec, ["enableDefaultDeny", direction], null) == null
	some field in [direction, concat("", [direction, "Deny"])]
	count(policy.spec[field]) > 0
}
