package lib.gatekeeper

# METADATA
# description: |
#   What a template is shown as input.review: the resource as if it were created now, by nobody in particular.
review(resource) := object.union_n([
	{
		"uid": "",
		"kind": {"group": group, "version": version, "kind": resource.kind},
		"operation": "CREATE",
		"userInfo": {"username": "", "uid": "", "groups": [], "extra": {}},
		"object": resource,
		"oldObject": null,
		"options": null,
		"dryRun": false,
	},
	{"name": name | name := resource.metadata.name},
	{"namespace": namespace | namespace := resource.metadata.namespace},
	_namespace_of(resource),
]) if {
	[group, version] := _group_version(resource)
}

_namespace_of(resource) := {"namespaceObject": namespace, "_unstable": {"namespace": namespace}} if {
	namespace := data.snapshot.namespaces[resource.metadata.namespace]
} else := {}

# METADATA
# description: |
#   data.inventory of a cluster unit: cluster and namespaced resources by group and version, kind and name.
inventory := {"cluster": _in_cluster, "namespace": _in_namespaces}

_in_namespaces[namespace][resource.apiVersion][resource.kind][name] := resource if {
	some names in input.byName
	some key, ref in names
	[namespace, name] := _split(key)
	namespace != ""
	resource := resources[ref]
}

_in_cluster[resource.apiVersion][resource.kind][name] := resource if {
	some names in input.byName
	some key, ref in names
	["", name] = _split(key)
	resource := resources[ref]
}

_split(key) := [substring(key, 0, at), substring(key, at + 1, -1)] if at := indexof(key, "/")

# METADATA
# description: The resources of a cluster unit by ref.
resources[entry.ref] := entry.resource if {
	some entries in input.kinds
	some entry in entries
}
