package lib.rbac_test

import data.lib.rbac

_rule(groups, resources, verbs) := {"apiGroups": groups, "resources": resources, "verbs": verbs}

test_covers if {
	rbac.covers(_rule([""], ["secrets"], []), "", "secrets")
	rbac.covers(_rule(["*"], ["*"], []), "", "pods/exec")
	rbac.covers(_rule([""], ["*/exec"], []), "", "pods/exec")
	not rbac.covers(_rule([""], ["pods"], []), "", "pods/exec")
	not rbac.covers(_rule([""], ["pods/*"], []), "", "pods/exec")
	not rbac.covers(_rule([""], ["*/*"], []), "", "pods/exec")
	not rbac.covers(_rule(["apps"], ["*"], []), "", "secrets")
	not rbac.covers({"resources": ["secrets"], "verbs": ["*"]}, "", "secrets")
}

test_verbs if {
	rbac.verbs(_rule([], [], ["*"]), ["get", "list"]) == ["get", "list"]
	rbac.verbs(_rule([], [], ["list", "create"]), ["get", "list"]) == ["list"]
	rbac.verbs({}, ["get"]) == []
	rbac.verbs({"verbs": "get"}, ["get"]) == []
}

test_named if {
	rbac.named({"resourceNames": ["a"]})
	not rbac.named({"resourceNames": []})
	not rbac.named({"resourceNames": null})
	not rbac.named({})
}

test_subject_ids if {
	binding := {"subjects": [
		{"kind": "Group", "name": "system:masters"},
		{"kind": "ServiceAccount", "name": "app", "namespace": "shop"},
		{"kind": "User", "name": "a@b.c"},
	]}
	[s.id | some s in rbac.subjects_of(binding)] == ["Group:system:masters", "ServiceAccount:shop/app", "User:a@b.c"]
	rbac.subjects_of({"subjects": null}) == []
}

test_listed if {
	rbac.listed("Group:x", ["Group:*"])
	rbac.listed("User:x", ["User:x"])
	not rbac.listed("User:x", ["Group:*"])
	not rbac.listed("User:xy", ["User:x"])
}

_role(name, labels) := {"metadata": {"name": name, "labels": labels}}

test_provided_roles if {
	parameters := {"X": {
		"builtinRoleNames": ["^system:"],
		"managedRoleLabels": ["addonmanager.kubernetes.io/mode"],
		"ignoredRoleNamePatterns": ["^calico-"],
	}}
	bootstrapping := {"kubernetes.io/bootstrapping": "rbac-defaults"}
	managed := {"addonmanager.kubernetes.io/mode": "Reconcile"}
	rbac.provided(_role("system:node", bootstrapping), "X") with data.parameters as parameters
	not rbac.provided(_role("system:node", {}), "X") with data.parameters as parameters
	not rbac.provided(_role("mine", bootstrapping), "X") with data.parameters as parameters
	rbac.provided(_role("calico-node", {}), "X") with data.parameters as parameters
	not rbac.provided(_role("mine", managed), "X") with data.parameters as parameters
	rbac.provided(_role("mine", managed), "X") with data.parameters as parameters with data.snapshot.mode as "cluster"
	not rbac.provided(_role("mine", {}), "X")
}

_missing(resource) := missing if {
	missing := [[place.path, place.missing] | some place in rbac.malformed] with input.resource as resource
}

test_malformed if {
	_missing({"kind": "Role", "rules": null}) == []
	_missing({"kind": "Role", "rules": {}}) == [[["rules"], "rules as a list"]]
	_missing({"kind": "Role", "rules": ["x"]}) == [[["rules", 0], "an entry of rules as an object"]]
	_missing({"kind": "Role", "rules": [{"verbs": "get"}]}) == [[["rules", 0, "verbs"], "verbs as a list"]]
	_missing({"kind": "RoleBinding", "roleRef": {"kind": "Role", "name": "a"}, "subjects": [{"kind": "User"}]}) == [[
		["subjects", 0],
		"kind and name of a subject",
	]]
	_missing({"kind": "RoleBinding"}) == [[["roleRef"], "roleRef as an object with kind and name"]]
}

test_service_account_in_both_spellings if {
	rbac.service_account({"kind": "ServiceAccount", "name": "app", "namespace": "shop"}) == "shop/app"
	rbac.service_account({"kind": "User", "name": "system:serviceaccount:shop:app"}) == "shop/app"
	not rbac.service_account({"kind": "User", "name": "dana"})
}
