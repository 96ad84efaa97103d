package lib.escalation

import data.lib.namespace
import data.lib.rbac
import data.lib.unit

# What each role in the input gives, by kind and name.
_role_powers := {key: powers |
	some kind in ["Role", "ClusterRole"]
	some name, ref in input.byName[kind]
	powers := given([entry.rule | some entry in rbac.rules_of(unit.resources[ref])])
	key := concat(" ", [kind, name])
}

# Roles that every cluster has and that manifests do not show.
_usual_powers := {
	"ClusterRole /cluster-admin": [["cluster", "may do everything", []], ["accounts", _creates_pods, []]],
	"ClusterRole /admin": [["accounts", _creates_pods, []]],
	"ClusterRole /edit": [["accounts", _creates_pods, []]],
}

_powers_of(binding) := object.get(_role_powers, key, object.get(_usual_powers, key, [])) if {
	key := _role_key(binding)
}

_role_key(binding) := concat("", ["ClusterRole /", binding.roleRef.name]) if binding.roleRef.kind == "ClusterRole"

_role_key(binding) := concat("", ["Role ", namespace.of(binding), "/", binding.roleRef.name]) if {
	binding.roleRef.kind == "Role"
}

_bindings := [{"ref": entry.ref, "resource": entry.resource, "scope": scope} |
	some kind in ["RoleBinding", "ClusterRoleBinding"]
	some entry in input.kinds[kind]
	scope := _scope(kind, entry.resource)
]

_scope("ClusterRoleBinding", _) := "*"

_scope("RoleBinding", binding) := namespace.of(binding)

# The id of a service account is one, however a subject spells it.
_id(subject) := _account(rbac.service_account(subject))

_id(subject) := rbac.subject_id(subject) if not rbac.service_account(subject)

# Who holds which right: reach, place (a namespace, "*" for all, or an id for reach "one"), label, and the binding and
# subject it comes from.
_held[id] contains [reach, place, label, binding.ref, index] if {
	some binding in _bindings
	some power in _powers_of(binding.resource)
	some [reach, place, label] in _rights_in(power, binding.scope)
	some index, subject in binding.resource.subjects
	id := _id(subject)
}

_rights_in(["cluster", label, _], "*") := [["cluster", "", label]]

_rights_in([reach, label, _], scope) := [[reach, scope, label]] if reach in ["accounts", "running", "secrets"]

_rights_in(["serviceaccounts", label, names], scope) := [["one", id, label] |
	some place, ids in _accounts
	scope in ["*", place]
	some name in names
	id := _account(concat("/", [place, name]))
	id in ids
]

_rights_in(["users", label, names], "*") := [["one", concat(":", ["User", name]), label] | some name in names]

_rights_in(["groups", label, names], "*") := [right |
	some name in names
	right := _group_right(name, label)
]

_group_right("system:masters", label) := ["cluster", "", label]

_group_right(name, label) := ["one", concat(":", ["Group", name]), label] if name != "system:masters"

# METADATA
# description: |
#   The rights of each subject by id, each as [reach, place, label, ref of the binding, position of the subject in it].
#   Service accounts have those of their groups too.
rights[id] contains right if some right in _held[id]

rights[id] contains right if {
	some place, ids in _accounts
	some group in ["Group:system:serviceaccounts", concat(":", ["Group:system:serviceaccounts", place])]
	some right in _held[group]
	some id in ids
}

# METADATA
# description: Places of roles and bindings that hide rights because they are of another type, each with ref, path and missing.
malformed := [{"ref": entry.ref, "path": [field], "missing": concat(" ", [field, "as a list"])} |
	some [kind, field] in [
		["Role", "rules"],
		["ClusterRole", "rules"],
		["RoleBinding", "subjects"],
		["ClusterRoleBinding", "subjects"],
	]
	some entry in input.kinds[kind]
	found := object.get(entry.resource, field, null)
	found != null
	not is_array(found)
]
