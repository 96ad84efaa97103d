package lib.escalation_test

import data.lib.escalation

_rule(group, resources, verbs) := {"apiGroups": [group], "resources": resources, "verbs": verbs}

_given(rules) := {[reach, label] | some [reach, label, _] in escalation.given(rules)}

test_what_rules_give if {
	_given([_rule("", ["pods"], ["create"])]) == {["accounts", "creates pods"]}
	_given([_rule("", ["pods"], ["get"])]) == set()
	_given([_rule("", ["*/token"], ["create"])]) == {["accounts", "makes tokens"]}
	_given([_rule("", ["pods/*"], ["create"])]) == set()
	_given([_rule("apps", ["daemonsets"], ["patch"])]) == {["accounts", "creates pods"]}
	_given([_rule("", ["nodes/proxy"], ["get"])]) == {["cluster", "reaches kubelets through nodes/proxy"]}
	["cluster", "may do everything"] in _given([_rule("*", ["*"], ["*"])])
}

test_get_on_exec_counts_below_1_35 if {
	_given([_rule("", ["pods/exec"], ["get"])]) == set()
	below := _given([_rule("", ["pods/exec"], ["get"])]) with data.snapshot.kubernetesVersion as "1.34.1"
	below == {["running", "runs commands in pods"]}
}

test_approval_needs_both_halves if {
	approval := _rule("certificates.k8s.io", ["certificatesigningrequests/approval"], ["update"])
	signers := object.union(_rule("certificates.k8s.io", ["signers"], ["approve"]), {"resourceNames": ["contoso.com/serving"]})
	_given([approval]) == set()
	_given([approval, signers]) == set()
	_given([approval, object.remove(signers, ["resourceNames"])]) == {["cluster", "approves client certificates"]}
}

_binding(name, namespace, role, subject) := {
	"metadata": {"name": name, "namespace": namespace},
	"roleRef": {"kind": "Role", "name": role},
	"subjects": [subject],
}

_operator := {"kind": "ServiceAccount", "name": "operator", "namespace": "ops"}

_role := {"metadata": {"name": "pods", "namespace": "ops"}, "rules": [_rule("", ["pods"], ["create"])]}

_admins := {
	"metadata": {"name": "operator"},
	"roleRef": {"kind": "ClusterRole", "name": "cluster-admin"},
	"subjects": [_operator],
}

_team := _binding("team", "ops", "pods", {"kind": "Group", "name": "team"})

_unit := {
	"kinds": {
		"ClusterRoleBinding": [{"ref": 0, "resource": _admins}],
		"RoleBinding": [{"ref": 1, "resource": _team}],
		"Role": [{"ref": 2, "resource": _role}],
	},
	"refs": [_admins, _team, _role],
	"byName": {
		"ClusterRoleBinding": {"/operator": 0},
		"RoleBinding": {"ops/team": 1},
		"Role": {"ops/pods": 2},
	},
	"byNamespace": {"ops": {"RoleBinding": [1], "Role": [2]}},
}

test_chains if {
	chains := escalation.chains with input as _unit
	chains["ServiceAccount:ops/operator"].steps == 1
	chains["Group:team"] == {
		"steps": 2,
		"ref": 1,
		"index": 0,
		"chain": ["Group:team", "creates pods", "ServiceAccount:ops/operator", "may do everything", "cluster-admin"],
	}
}

test_user_name_of_an_account_is_the_account if {
	spelled := _binding("team", "ops", "pods", {"kind": "User", "name": "system:serviceaccount:ci:runner"})
	unit := json.patch(_unit, [{"op": "replace", "path": "/kinds/RoleBinding/0/resource", "value": spelled}])
	chains := escalation.chains with input as unit
	chains["ServiceAccount:ci/runner"].steps == 2
}

test_accounts_have_the_rights_of_their_groups if {
	group := _binding("team", "ops", "pods", {"kind": "Group", "name": "system:serviceaccounts:ops"})
	account := {"metadata": {"name": "other", "namespace": "ops"}}
	unit := json.patch(_unit, [
		{"op": "replace", "path": "/kinds/RoleBinding/0/resource", "value": group},
		{"op": "add", "path": "/kinds/ServiceAccount", "value": [{"ref": 3, "resource": account}]},
		{"op": "add", "path": "/byName/ServiceAccount", "value": {"ops/other": 3}},
		{"op": "add", "path": "/refs/3", "value": account},
	])
	chains := escalation.chains with input as unit
	chains["ServiceAccount:ops/other"].steps == 2
}

test_malformed if {
	escalation.malformed == [] with input as _unit
	odd := json.patch(_unit, [{"op": "replace", "path": "/kinds/Role/0/resource/rules", "value": "all"}])
	found := escalation.malformed with input as odd
	found == [{"ref": 2, "path": ["rules"], "missing": "rules as a list"}]
}
