# METADATA
# title: Ways from one account to a stronger one
# description: |
#   For unit cluster: which rights of RBAC let their holder act as somebody else or as the administrator of the
#   cluster, who holds them, and who gets how far along them.
package lib.escalation

import data.lib.rbac
import data.lib.release

_admission := "admissionregistration.k8s.io"

_authorization := "rbac.authorization.k8s.io"

# What a rule gives by group, resource and verbs, under the resource it is about. `reach` says as whom one then acts:
# cluster (its administrator), accounts (any of the namespace), running (those whose token a pod there mounts),
# secrets (those whose token stands in a Secret there).
_powers := {
	"clusterroles": [
		_power(_authorization, "clusterroles", ["bind", "escalate"], "cluster", "grants itself roles"),
		_power(_authorization, "clusterroles", ["bind"], "accounts", "grants itself roles"),
	],
	"roles": [_power(_authorization, "roles", ["bind", "escalate"], "accounts", "grants itself roles")],
	"users": [_power("", "users", ["impersonate"], "cluster", "impersonates users")],
	"groups": [_power("", "groups", ["impersonate"], "cluster", "impersonates groups")],
	"serviceaccounts": [_power("", "serviceaccounts", ["impersonate"], "accounts", "impersonates service accounts")],
	"serviceaccounts/token": [_power("", "serviceaccounts/token", ["create"], "accounts", "makes tokens")],
	"nodes/proxy": [_power("", "nodes/proxy", ["get", "create"], "cluster", "reaches kubelets through nodes/proxy")],
	"mutatingwebhookconfigurations": [_webhook("mutatingwebhookconfigurations")],
	"validatingwebhookconfigurations": [_webhook("validatingwebhookconfigurations")],
	"secrets": [_power("", "secrets", ["get", "list", "watch"], "secrets", "reads secrets")],
	"pods": [_power("", "pods", ["create"], "accounts", _creates_pods)],
	"pods/exec": [_power("", "pods/exec", _exec_verbs, "running", "runs commands in pods")],
	"pods/attach": [_power("", "pods/attach", _exec_verbs, "running", "attaches to pods")],
	"pods/ephemeralcontainers": [_power(
		"",
		"pods/ephemeralcontainers",
		["update", "patch"],
		"running",
		"adds containers to pods",
	)],
	"replicationcontrollers": [_template("", "replicationcontrollers")],
	"deployments": [_template("apps", "deployments")],
	"statefulsets": [_template("apps", "statefulsets")],
	"daemonsets": [_template("apps", "daemonsets")],
	"replicasets": [_template("apps", "replicasets")],
	"jobs": [_power("batch", "jobs", ["create"], "accounts", _creates_pods)],
	"cronjobs": [_template("batch", "cronjobs")],
}

_creates_pods := "creates pods"

_power(group, resource, verbs, reach, label) := {
	"group": group,
	"resource": resource,
	"verbs": verbs,
	"reach": reach,
	"label": label,
}

_template(group, resource) := _power(group, resource, ["create", "update", "patch"], "accounts", _creates_pods)

_webhook(resource) := _power(_admission, resource, ["create", "update", "patch"], "cluster", "rewrites requests through webhooks")

# From 1.35 on a websocket asks for create as well.
_exec_verbs := ["create"] if {
	release.at_least("1.35")
} else := ["create", "get"]

_all_powers := [power | some powers in _powers; some power in powers]

_subresource_powers := {wildcard: powers |
	some resource, _ in _powers
	contains(resource, "/")
	wildcard := _any_with(resource)
	powers := [power | some power in _all_powers; contains(power.resource, "/"); _any_with(power.resource) == wildcard]
}

_any_with(resource) := concat("", ["*", substring(resource, indexof(resource, "/"), -1)])

# Few resources give power, so each that a rule names is looked up instead of asking every power of every rule.
_candidates(rule) := _all_powers if "*" in rule.resources

_candidates(rule) := [power |
	some resource in rule.resources
	some power in object.get(_powers, resource, object.get(_subresource_powers, resource, []))
] if {
	not "*" in rule.resources
}

# METADATA
# description: |
#   What a list of rules gives, each as [reach, label, names]. Where names limit it, reach is the kind of what is named:
#   serviceaccounts, users or groups.
given(rules) := array.flatten([
	[[power.reach, power.label, []] |
		some rule in rules
		not rbac.named(rule)
		some power in _candidates(rule)
		_grants(rule, power)
	],
	[[split(power.resource, "/")[0], power.label, rule.resourceNames] |
		some rule in rules
		rbac.named(rule)
		some power in _candidates(rule)
		power.resource in ["serviceaccounts", "serviceaccounts/token", "users", "groups"]
		_grants(rule, power)
	],
	[["cluster", "may do everything", []] |
		some rule in rules
		not rbac.named(rule)
		_everything(rule)
	],
	[["cluster", "approves client certificates", []] | _approves(rules)],
])

_grants(rule, power) if {
	rbac.covers(rule, power.group, power.resource)
	count(rbac.verbs(rule, power.verbs)) > 0
}

_everything(rule) if {
	"*" in rule.verbs
	"*" in rule.resources
	some group in rule.apiGroups
	group in ["", "*"]
}

# Both halves are needed, and may stand in different rules.
_approves(rules) if {
	some rule in rules
	rbac.covers(rule, "certificates.k8s.io", "certificatesigningrequests/approval")
	count(rbac.verbs(rule, ["update", "patch"])) > 0
	some other in rules
	rbac.covers(other, "certificates.k8s.io", "signers")
	"approve" in rbac.verbs(other, ["approve"])
	_risky_signer(other)
}

_risky_signer(rule) if not rbac.named(rule)

_risky_signer(rule) if {
	some signer in rule.resourceNames
	signer in ["kubernetes.io/kube-apiserver-client", "kubernetes.io/kube-apiserver-client-kubelet", "kubernetes.io/*"]
}
