package lib.gatekeeper_test

import data.lib.gatekeeper

_any := {
	"kinds": [],
	"scope": "*",
	"namespaces": [],
	"excludedNamespaces": [],
	"labelSelector": {},
	"namespaceSelector": {},
	"name": "",
	"readsNamespace": false,
}

_matching(part) := object.union(_any, part)

_pod := {
	"apiVersion": "v1",
	"kind": "Pod",
	"metadata": {"name": "web-1", "namespace": "kube-system", "labels": {"app": "web"}},
	"spec": {"containers": [{"name": "web"}]},
}

_namespace := {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop", "labels": {"team": "a"}}}

_role := {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": {"name": "reader"}}

test_kinds if {
	gatekeeper.matched(_matching({"kinds": [{"apiGroups": [""], "kinds": ["Pod"]}]}), _pod)
	gatekeeper.matched(_matching({"kinds": [{"apiGroups": [], "kinds": ["*"]}]}), _pod)
	gatekeeper.matched(_matching({"kinds": [{"apiGroups": ["*"], "kinds": []}]}), _role)
	not gatekeeper.matched(_matching({"kinds": [{"apiGroups": ["apps"], "kinds": ["Pod"]}]}), _pod)
	not gatekeeper.matched(_matching({"kinds": [{"apiGroups": [""], "kinds": ["Service"]}]}), _pod)
}

test_scope if {
	gatekeeper.matched(_matching({"scope": "Namespaced"}), _pod)
	not gatekeeper.matched(_matching({"scope": "Cluster"}), _pod)
	gatekeeper.matched(_matching({"scope": "Cluster"}), _namespace)
	not gatekeeper.matched(_matching({"scope": "Namespaced"}), _role)
}

test_namespaces if {
	every globs in [["kube-system"], ["kube-*"], ["*-system"], ["*e-s*"], ["*"]] {
		gatekeeper.matched(_matching({"namespaces": globs}), _pod)
		not gatekeeper.matched(_matching({"excludedNamespaces": globs}), _pod)
	}
	not gatekeeper.matched(_matching({"namespaces": ["shop", "kube"]}), _pod)
	gatekeeper.matched(_matching({"excludedNamespaces": ["kube-*s"]}), _pod)
	gatekeeper.matched(_matching({"namespaces": ["shop"]}), _namespace)
	gatekeeper.matched(_matching({"namespaces": ["shop"], "excludedNamespaces": ["*"]}), _role)
}

test_labels_and_names if {
	gatekeeper.matched(_matching({"labelSelector": {"matchLabels": {"app": "web"}}}), _pod)
	not gatekeeper.matched(_matching({"labelSelector": {"matchLabels": {"app": "api"}}}), _pod)
	not gatekeeper.matched(_matching({"labelSelector": {"matchLabels": {"app": "web"}}}), _role)
	gatekeeper.matched(_matching({"name": "web-*"}), _pod)
	not gatekeeper.matched(_matching({"name": "web"}), _pod)
	gatekeeper.matched(_matching({"name": "web-*"}), {"apiVersion": "v1", "kind": "Pod", "metadata": {"generateName": "web-"}})
}

test_namespace_selector if {
	wanted := _matching({"namespaceSelector": {"matchLabels": {"team": "a"}}})
	gatekeeper.matched(wanted, _pod) with data.snapshot.namespaces as {"kube-system": {"metadata": {"labels": {"team": "a"}}}}
	not gatekeeper.matched(wanted, _pod) with data.snapshot.namespaces as {"kube-system": {"metadata": {"labels": {"team": "b"}}}}
	not gatekeeper.matched(wanted, _pod) with data.snapshot.namespaces as {}
	gatekeeper.missing_namespace(wanted, _pod) == "kube-system" with data.snapshot.namespaces as {}
	not gatekeeper.missing_namespace(wanted, _pod) with data.snapshot.namespaces as {"kube-system": {}}
	not gatekeeper.missing_namespace(_any, _pod) with data.snapshot.namespaces as {}
	gatekeeper.matched(wanted, _namespace) with data.snapshot.namespaces as {}
	gatekeeper.matched(wanted, _role) with data.snapshot.namespaces as {}
	not gatekeeper.missing_namespace(wanted, _role) with data.snapshot.namespaces as {}
}

test_review if {
	seen := gatekeeper.review(_pod)
	seen.kind == {"group": "", "version": "v1", "kind": "Pod"}
	seen.operation == "CREATE"
	seen.name == "web-1"
	seen.namespace == "kube-system"
	seen.object == _pod
	cluster := gatekeeper.review(_role)
	cluster.kind.group == "rbac.authorization.k8s.io"
	not cluster.namespace
	not cluster.namespaceObject
}

test_namespace_of_a_review if {
	reading := _matching({"readsNamespace": true})
	shown := gatekeeper.review(_pod) with data.snapshot.namespaces as {"kube-system": _namespace}
	shown.namespaceObject == _namespace
	shown._unstable.namespace == _namespace
	gatekeeper.missing_namespace(reading, _pod) == "kube-system" with data.snapshot.namespaces as {}
	not gatekeeper.matched(reading, _pod) with data.snapshot.namespaces as {}
	gatekeeper.matched(reading, _pod) with data.snapshot.namespaces as {"kube-system": {}}
	gatekeeper.matched(reading, _role) with data.snapshot.namespaces as {}
}

test_inventory if {
	gatekeeper.inventory == {
		"namespace": {"kube-system": {"v1": {"Pod": {"web-1": _pod}}}},
		"cluster": {"rbac.authorization.k8s.io/v1": {"ClusterRole": {"reader": _role}}},
	} with input as {
		"kinds": {"Pod": [{"ref": 0, "resource": _pod}], "ClusterRole": [{"ref": 1, "resource": _role}]},
		"byName": {"Pod": {"kube-system/web-1": 0}, "ClusterRole": {"/reader": 1}},
	}
}
