# METADATA
# title: The namespace of a unit
# description: Where findings about a whole namespace stand, and where objects land.
package lib.namespace

# METADATA
# description: The ref of the unit's Namespace; the cluster's own where the Namespace itself is not in the input.
default ref := -1

ref := input.byName.Namespace[concat("", ["/", input.namespace])]

# METADATA
# description: The place in the Namespace at which findings about it stand.
default path := []

path := ["metadata", "name"] if ref >= 0

# METADATA
# description: The labels of the unit's Namespace; an empty object where there are none.
default labels := {}

labels := found if {
	some entry in input.kinds.Namespace
	entry.ref == ref
	found := entry.resource.metadata.labels
	is_object(found)
}

# METADATA
# description: The namespace that a namespaced object lands in.
of(resource) := resource.metadata.namespace if {
	is_string(resource.metadata.namespace)
	resource.metadata.namespace != ""
} else := "default"
