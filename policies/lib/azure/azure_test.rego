package lib.azure_test

import data.lib.azure

_type := "Microsoft.ContainerService/managedClusters"

_pool_type := "Microsoft.ContainerService/managedClusters/agentPools"

_alone(resource) := {"unit": "resource", "resource": resource}

_together(kinds) := {"unit": "cluster", "kinds": kinds}

test_clusters_of_a_resource_unit if {
	resource := {"type": _type, "properties": {}}
	azure.clusters == [{"ref": 0, "resource": resource}] with input as _alone(resource)
	azure.clusters == [] with input as _alone({"type": _pool_type, "properties": {}})
}

test_clusters_of_a_cluster_unit if {
	rows := [{"ref": 3, "resource": {"properties": {}}}]
	azure.clusters == rows with input as _together({_type: rows})
	azure.clusters == [] with input as _together({})
}

test_properties_not_shown[properties] if {
	some properties in [null, [], "x"]
	resource := {"type": _type, "properties": properties}
	azure.clusters == [] with input as _alone(resource)
	azure.unreadable == [[0, ["properties"], "the properties of the managed cluster"]] with input as _alone(resource)
}

test_properties_absent if {
	azure.unreadable == [[0, [], "the properties of the managed cluster"]] with input as _alone({"type": _type})
}

test_values if {
	azure.value({"properties": {"a": {"b": 1}}}, ["properties", "a", "b"]) == 1
	azure.value({"properties": {"a": null}}, ["properties", "a", "b"]) == null
	azure.value({"properties": {"a": "x"}}, ["properties", "a", "b"]) == null
}

test_closest if {
	azure.closest({"properties": {"a": null}}, ["properties", "a", "b"]) == ["properties", "a"]
	azure.closest({"properties": {"a": [{"b": 1}]}}, ["properties", "a", 0, "b"]) == ["properties", "a", 0, "b"]
	azure.closest({}, ["properties", "a"]) == []
}

test_texts_without_case if {
	azure.same("Cilium", "cilium")
	not azure.same("cilium", null)
	azure.listed("NODEIMAGE", ["NodeImage"])
	not azure.listed(true, ["true"])
}

test_unset if {
	azure.unset(null)
	azure.unset("")
	not azure.unset("none")
}

test_unresolved if {
	azure.unresolved("[parameters('plan')]")
	not azure.unresolved("[[literal]")
	not azure.unresolved("none")
	not azure.unresolved(true)
}

test_versions if {
	azure.version("1.34.2") == [1, 34, 2]
	azure.version("v1.9") < azure.version("1.34")
	not azure.version("1.34.x")
	not azure.version(1.34)
}

test_subscription if {
	azure.subscription("/Subscriptions/AB-1/resourceGroups/rg") == "ab-1"
	not azure.subscription("/providers/x")
	not azure.subscription(null)
}

test_pools_inside_and_beside_the_cluster if {
	pools := azure.pools with input as _together({
		_type: [{"ref": 0, "resource": {"properties": {"agentPoolProfiles": [{"name": "system"}, {}, "odd"]}}}],
		_pool_type: [{"ref": 1, "resource": {"name": "user", "properties": {}}}],
	})
	[[pool.ref, pool.path, pool.name] | some pool in pools] == [
		[0, ["properties", "agentPoolProfiles", 0], "system"],
		[0, ["properties", "agentPoolProfiles", 1], "1"],
		[1, ["properties"], "user"],
	]
}

test_no_pools if {
	azure.pools == [] with input as _alone({"type": _type, "properties": {"agentPoolProfiles": null}})
	azure.unreadable_pools == [] with input as _alone({"type": _type, "properties": {"agentPoolProfiles": null}})
}

test_pools_of_odd_types if {
	no_list := azure.unreadable_pools with input as _alone({"type": _type, "properties": {"agentPoolProfiles": {}}})
	no_list == [[0, ["properties", "agentPoolProfiles"], "agentPoolProfiles as a list"]]
	odd_pool := azure.unreadable_pools with input as _alone({"type": _type, "properties": {"agentPoolProfiles": [7]}})
	[path | some [_, path, _] in odd_pool] == [["properties", "agentPoolProfiles", 0]]
	nothing := azure.unreadable_pools with input as _alone({"type": _pool_type, "properties": null})
	[path | some [_, path, _] in nothing] == [["properties"]]
}
