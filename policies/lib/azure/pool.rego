package lib.azure

import data.lib.finding

# METADATA
# description: |
#   The node pools of the unit, those inside clusters and those that are resources of their own. Each has ref and path of its place,
#   name, profile (its properties) and resource.
pools := array.concat(_inline_pools, _separate_pools)

_inline_pools := [pool |
	some cluster in clusters
	is_array(cluster.resource.properties.agentPoolProfiles)
	some index, profile in cluster.resource.properties.agentPoolProfiles
	is_object(profile)
	pool := {
		"ref": cluster.ref,
		"path": ["properties", "agentPoolProfiles", index],
		"name": object.get(profile, "name", format_int(index, 10)),
		"profile": profile,
		"resource": cluster.resource,
	}
]

_separate_pools := [pool |
	some row in resources("Microsoft.ContainerService/managedClusters/agentPools")
	is_object(row.resource.properties)
	pool := {
		"ref": row.ref,
		"path": ["properties"],
		"name": object.get(row.resource, "name", ""),
		"profile": row.resource.properties,
		"resource": row.resource,
	}
]

# METADATA
# description: Undecided rows for node pools of which nothing can be read.
unreadable_pools := array.flatten([
	[finding.unknown(cluster.ref, ["properties", "agentPoolProfiles"], "agentPoolProfiles as a list") |
		some cluster in clusters
		profiles := value(cluster.resource, ["properties", "agentPoolProfiles"])
		profiles != null
		not is_array(profiles)
	],
	[finding.unknown(cluster.ref, ["properties", "agentPoolProfiles", index], "an entry of agentPoolProfiles as an object") |
		some cluster in clusters
		is_array(cluster.resource.properties.agentPoolProfiles)
		some index, profile in cluster.resource.properties.agentPoolProfiles
		not is_object(profile)
	],
	[finding.unknown(row.ref, closest(row.resource, ["properties"]), "the properties of the node pool") |
		some row in resources("Microsoft.ContainerService/managedClusters/agentPools")
		not is_object(object.get(row.resource, "properties", null))
	],
])
