# METADATA
# title: Kubernetes RBAC
# description: |
#   What a rule of a role grants, and to whom a binding gives it, as the API server reads them: verbs, API groups and
#   resources match independently, each with `*`; a resource `*` covers subresources, `*/exec` that subresource of every
#   resource, and `pods/*` nothing.
package lib.rbac

# METADATA
# description: The rules of a role, each with path and rule. Aggregated roles may have none.
rules_of(role) := [{"path": ["rules", index], "rule": rule} |
	is_array(role.rules)
	some index, rule in role.rules
	is_object(rule)
]

# METADATA
# description: The subjects of a binding, each with path, subject and id.
subjects_of(binding) := [{"path": ["subjects", index], "subject": subject, "id": subject_id(subject)} |
	is_array(binding.subjects)
	some index, subject in binding.subjects
	is_object(subject)
]

# METADATA
# description: |
#   Names a subject in one string: `User:name`, `Group:name`, `ServiceAccount:namespace/name`.
subject_id(subject) := concat("", ["ServiceAccount:", object.get(subject, "namespace", ""), "/", subject.name]) if {
	subject.kind == "ServiceAccount"
}

subject_id(subject) := concat(":", [subject.kind, subject.name]) if subject.kind != "ServiceAccount"

# METADATA
# description: Holds where a list has the id of a subject, or its beginning followed by `*`.
listed(id, list) if id in list

listed(id, list) if {
	some entry in list
	endswith(entry, "*")
	startswith(id, substring(entry, 0, count(entry) - 1))
}

# METADATA
# description: Holds where a rule covers a resource (or `resource/subresource`) of an API group.
covers(rule, group, resource) if {
	_covers_group(rule, group)
	_covers_resource(rule, resource)
}

_covers_group(rule, group) if group in rule.apiGroups

_covers_group(rule, _) if "*" in rule.apiGroups

_covers_resource(rule, resource) if resource in rule.resources

_covers_resource(rule, _) if "*" in rule.resources

_covers_resource(rule, resource) if {
	contains(resource, "/")
	concat("", ["*", substring(resource, indexof(resource, "/"), -1)]) in rule.resources
}

# METADATA
# description: The verbs among those wanted that a rule names, or all of them for `*`.
verbs(rule, wanted) := wanted if {
	"*" in rule.verbs
} else := [verb | some verb in wanted; verb in rule.verbs]

# METADATA
# description: Holds where a rule is limited to named objects. `*` is a name like any other there.
named(rule) if count(rule.resourceNames) > 0

# METADATA
# description: |
#   Holds for a role that Kubernetes or AKS made: its name fits one of the parameter builtinRoleNames and it bears the
#   bootstrapping label; or on a cluster (where labels are not written by the one who is judged) one of
#   managedRoleLabels; or its name fits ignoredRoleNamePatterns.
provided(role, control) if {
	role.metadata.labels["kubernetes.io/bootstrapping"] == "rbac-defaults"
	_name_fits(role, data.parameters[control].builtinRoleNames)
}

provided(role, control) if {
	data.snapshot.mode == "cluster"
	some label in data.parameters[control].managedRoleLabels
	is_string(role.metadata.labels[label])
}

provided(role, control) if _name_fits(role, data.parameters[control].ignoredRoleNamePatterns)

_name_fits(role, patterns) if {
	some pattern in patterns
	regex.match(pattern, role.metadata.name)
}

# METADATA
# description: |
#   Places of the role or binding that have another type than Kubernetes gives them, each with path and missing.
malformed := array.flatten([
	[{"path": [field], "missing": concat(" ", [field, "as a list"])} |
		some field in ["rules", "subjects"]
		object.get(input.resource, field, null) != null
		not is_array(input.resource[field])
	],
	[{"path": [field, index], "missing": concat(" ", ["an entry of", field, "as an object"])} |
		some field in ["rules", "subjects"]
		is_array(input.resource[field])
		some index, entry in input.resource[field]
		not is_object(entry)
	],
	[{"path": array.concat(place.path, [field]), "missing": concat(" ", [field, "as a list"])} |
		some place in rules_of(input.resource)
		some field in ["verbs", "apiGroups", "resources", "resourceNames"]
		object.get(place.rule, field, null) != null
		not is_array(place.rule[field])
	],
	[{"path": ["roleRef"], "missing": "roleRef as an object with kind and name"} |
		endswith(input.resource.kind, "Binding")
		not _refers(input.resource)
	],
	[{"path": ["subjects", index], "missing": "kind and name of a subject"} |
		is_array(input.resource.subjects)
		some index, subject in input.resource.subjects
		is_object(subject)
		not subject_id(subject)
	],
])

_refers(binding) if {
	is_string(binding.roleRef.kind)
	is_string(binding.roleRef.name)
}

# METADATA
# description: |
#   The service account that a subject is, as `namespace/name`: written as such, or as the user name it signs in with.
service_account(subject) := concat("/", [subject.namespace, subject.name]) if subject.kind == "ServiceAccount"

service_account(subject) := replace(trim_prefix(subject.name, "system:serviceaccount:"), ":", "/") if {
	subject.kind == "User"
	startswith(subject.name, "system:serviceaccount:")
}
