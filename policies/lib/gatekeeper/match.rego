# METADATA
# title: Gatekeeper's constraints over resources
# description: |
#   Whether a constraint's match takes a resource, what its template is shown, and what it gives as rows. The match is the
#   constraint's own with every field filled in: an empty list, selector or name takes all. readsNamespace says that
#   the template reads the Namespace of what it judges.
# related_resources:
#   - ref: https://open-policy-agent.github.io/gatekeeper/website/docs/howto/#the-match-field
package lib.gatekeeper

import data.lib.selector

# METADATA
# description: Holds where the match takes the resource.
matched(match, resource) if {
	_fits(match, resource)
	_namespace_selected(match.namespaceSelector, resource)
	not missing_namespace(match, resource)
}

# METADATA
# description: The name of the Namespace that decides, where it was not given. Undefined where nothing is missing.
missing_namespace(match, resource) := name if {
	_fits(match, resource)
	_asks_namespace(match)
	_is_namespaced(resource)
	name := _namespace(resource)
	not name in object.keys(object.get(data.snapshot, "namespaces", {}))
}

_asks_namespace(match) if match.readsNamespace

_asks_namespace(match) if not selector.selects_all(match.namespaceSelector)

_fits(match, resource) if {
	_kind_fits(match.kinds, resource)
	_scope_fits(match.scope, resource)
	_namespace_fits(match.namespaces, _namespace(resource))
	not _excluded(match.excludedNamespaces, _namespace(resource))
	selector.matches(match.labelSelector, _labels(resource))
	_name_fits(match.name, object.get(resource, "metadata", {}))
}

_kind_fits([], _) := true

_kind_fits(kinds, resource) if {
	[group, _] := _group_version(resource)
	some entry in kinds
	_lists(entry.kinds, resource.kind)
	_lists(entry.apiGroups, group)
}

_lists([], _) := true

_lists(values, value) if {
	some known in values
	known in ["*", value]
}

_scope_fits("*", _) := true

_scope_fits("Cluster", resource) if not _is_namespaced(resource)

_scope_fits("Namespaced", resource) if _is_namespaced(resource)

# What stands in no namespace is not told apart by one.
_namespace_fits([], _) := true

_namespace_fits(globs, name) if {
	some glob in globs
	_glob_fits(glob, name)
}

_namespace_fits(_, "") := true

_excluded(globs, name) if {
	name != ""
	some glob in globs
	_glob_fits(glob, name)
}

_name_fits("", _) := true

_name_fits(glob, metadata) if _glob_fits(glob, metadata.name)

_name_fits(glob, metadata) if {
	endswith(glob, "*")
	_glob_fits(glob, metadata.generateName)
}

# A star stands at the beginning, at the end or at both; elsewhere it means itself.
_glob_fits(glob, text) if glob == text

_glob_fits(glob, text) if {
	startswith(glob, "*")
	endswith(glob, "*")
	contains(text, trim_suffix(trim_prefix(glob, "*"), "*"))
}

_glob_fits(glob, text) if {
	startswith(glob, "*")
	not endswith(glob, "*")
	endswith(text, trim_prefix(glob, "*"))
}

_glob_fits(glob, text) if {
	not startswith(glob, "*")
	endswith(glob, "*")
	startswith(text, trim_suffix(glob, "*"))
}

_namespace_selected(wanted, _) if selector.selects_all(wanted)

_namespace_selected(wanted, resource) if {
	not selector.selects_all(wanted)
	_is_namespace(resource)
	selector.matches(wanted, _labels(resource))
}

_namespace_selected(wanted, resource) if {
	not selector.selects_all(wanted)
	not _is_namespace(resource)
	name := _namespace(resource)
	name != ""
	selector.matches(wanted, _labels(data.snapshot.namespaces[name]))
}

# A namespace selector takes all that stands in no namespace.
_namespace_selected(wanted, resource) if {
	not selector.selects_all(wanted)
	_namespace(resource) == ""
}

_is_namespace(resource) if {
	resource.kind == "Namespace"
	resource.apiVersion == "v1"
}

_is_namespaced(resource) if {
	not _is_namespace(resource)
	_namespace(resource) != ""
}

_namespace(resource) := object.get(resource, ["metadata", "name"], "") if _is_namespace(resource)

_namespace(resource) := object.get(resource, ["metadata", "namespace"], "") if not _is_namespace(resource)

_labels(resource) := labels if {
	labels := object.get(resource, ["metadata", "labels"], {})
	is_object(labels)
} else := {}

_group_version(resource) := ["", resource.apiVersion] if not contains(resource.apiVersion, "/")

_group_version(resource) := split(resource.apiVersion, "/") if contains(resource.apiVersion, "/")
