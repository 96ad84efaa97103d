# METADATA
# title: Azure resources
# description: |
#   Managed clusters, their node pools and other resources, in the shape of the Resource Manager's REST interface with
#   names in canonical letters. Values are compared without case. A missing value is null, whatever is missing on the way.
package lib.azure

import data.lib.finding

# METADATA
# description: The resources of a type in the unit, as ref and resource.
resources(type) := [{"ref": 0, "resource": input.resource}] if {
	input.unit == "resource"
	input.resource.type == type
} else := object.get(input.kinds, type, []) if {
	is_object(input.kinds)
} else := []

# METADATA
# description: The managed clusters of the unit that have properties to judge.
clusters := [cluster |
	some cluster in resources("Microsoft.ContainerService/managedClusters")
	is_object(cluster.resource.properties)
]

# METADATA
# description: Undecided rows for the managed clusters of which a listing showed no properties.
unreadable := [finding.unknown(cluster.ref, path, "the properties of the managed cluster") |
	some cluster in resources("Microsoft.ContainerService/managedClusters")
	not is_object(object.get(cluster.resource, "properties", null))
	path := closest(cluster.resource, ["properties"])
]

# METADATA
# description: The value at a path of a resource, null where there is none.
value(resource, path) := object.get(resource, path, null)

# METADATA
# description: The path, cut to its part that exists in the resource.
closest(resource, path) := array.slice(path, 0, max([length |
	some length in numbers.range(0, count(path))
	_exists(resource, array.slice(path, 0, length))
]))

# Two defaults: only what exists is equal under both.
_exists(resource, path) if object.get(resource, path, 0) == object.get(resource, path, 1)

# METADATA
# description: Holds for two texts that differ at most in case.
same(a, b) if {
	is_string(a)
	is_string(b)
	lower(a) == lower(b)
}

# METADATA
# description: Holds where a list has a text, without regard to case.
listed(text, texts) if {
	some other in texts
	same(text, other)
}

# METADATA
# description: Holds for a missing value and for an empty text.
unset(null)

unset("")

# METADATA
# description: Holds for an expression of a template, which has no value before it is deployed.
unresolved(text) if {
	is_string(text)
	startswith(text, "[")
	not startswith(text, "[[")
	endswith(text, "]")
}

# METADATA
# description: Holds for a cluster that runs, as against one described in a template. Azure adds this state itself.
live(resource) if is_string(resource.properties.provisioningState)

# METADATA
# description: Holds for a cluster of AKS Automatic, in which much is preset.
automatic(resource) if same(resource.sku.name, "Automatic")

# METADATA
# description: The parts of a version such as `1.34.2` as numbers. Undefined for another text.
version(text) := [to_number(part) | some part in split(trim_prefix(text, "v"), ".")] if {
	is_string(text)
	regex.match(`^v?[0-9]+(\.[0-9]+)*$`, text)
}

# METADATA
# description: The subscription in a resource id, in small letters. Undefined for an id that has none.
subscription(id) := lower(parts[2]) if {
	is_string(id)
	parts := split(id, "/")
	lower(parts[1]) == "subscriptions"
}

# METADATA
# description: Holds for a cluster with the Defender sensor on, in its present or its first shape.
defended(resource) if resource.properties.securityProfile.defender.securityMonitoring.enabled == true

defended(resource) if resource.properties.securityProfile.azureDefender.enabled == true
