package lib.result_test

import data.lib.result

_pod := {"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "web"}]}}

test_rows if {
	result.row(3, _pod, "no") == [3, [], {"msg": "no", "details": {}}]
	result.row(0, _pod, {"msg": "no"}) == [0, [], {"msg": "no", "details": {}}]
	result.row(0, _pod, {"msg": "no", "details": {"a": 1}, "severity": "LOW"}) == [0, [], {"msg": "no", "details": {"a": 1}}, "low"]
	result.row(0, _pod, {"msg": "no", "details": "why"}) == [0, [], {"msg": "no", "details": {"details": "why"}}]
	result.unreadable({"message": "no"})
	result.unreadable(1)
	not result.unreadable("no")
}

test_places if {
	every named in [
		["spec", "containers", 0, "image"],
		"spec.containers[0].image",
		"/spec/containers/0/image",
		"$.spec['containers'][0][\"image\"]",
	] {
		result.row(0, _pod, {"msg": "no", "details": {"path": named}})[1] == ["spec", "containers", 0, "image"]
		result.row(0, _pod, {"msg": "no", "field": named})[1] == ["spec", "containers", 0, "image"]
	}
	result.row(0, _pod, {"msg": "no", "details": {"path": "privileged"}})[1] == []
	result.row(0, _pod, {"msg": "no", "details": {"path": [{}]}})[1] == []
	result.row(0, _pod, {"msg": "no", "details": {"path": "privileged", "field": ["spec"]}})[1] == ["spec"]
}
