package lib.namespace_test

import data.lib.namespace

_shop := {"metadata": {"name": "shop", "labels": {"team": "a"}}}

test_stands_at_the_namespace if {
	unit := {"namespace": "shop", "byName": {"Namespace": {"/shop": 3}}, "kinds": {"Namespace": [{"ref": 3, "resource": _shop}]}}
	namespace.ref == 3 with input as unit
	namespace.path == ["metadata", "name"] with input as unit
	namespace.labels == {"team": "a"} with input as unit
}

test_stands_at_the_cluster_where_there_is_none if {
	namespace.ref == -1 with input as {"namespace": "shop", "byName": {}}
	namespace.path == [] with input as {"namespace": "shop", "byName": {}}
	namespace.labels == {} with input as {"namespace": "shop", "byName": {}}
}

test_landing if {
	namespace.of(_shop) == "default"
	namespace.of({"metadata": {"namespace": "shop"}}) == "shop"
}
