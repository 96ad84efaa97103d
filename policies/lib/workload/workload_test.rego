package lib.workload_test

import data.lib.workload

_spec := {"serviceAccountName": "app", "containers": [{"name": "web", "image": "contoso.azurecr.io/web:1"}]}

_template := {"metadata": {"labels": {"app": "web"}}, "spec": _spec}

_cases := [
	[{"kind": "Pod", "metadata": {"labels": {"app": "web"}}, "spec": _spec}, ["spec"]],
	[{"kind": "Deployment", "spec": {"template": _template}}, ["spec", "template", "spec"]],
	[{"kind": "Job", "spec": {"template": _template}}, ["spec", "template", "spec"]],
	[
		{"kind": "CronJob", "spec": {"jobTemplate": {"spec": {"template": _template}}}},
		["spec", "jobTemplate", "spec", "template", "spec"],
	],
	[{"kind": "PodTemplate", "template": _template}, ["template", "spec"]],
]

test_every_kind_leads_to_its_pod if {
	every case in _cases {
		[resource, path] := case
		workload.pod_spec_of(resource) == _spec
		workload.pod_path_of(resource) == path
		workload.labels(resource) == {"app": "web"}
		workload.service_account(resource) == "app"
	}
}

test_containers_of_all_lists if {
	found := workload.containers with input.resource as {"kind": "Pod", "spec": {
		"containers": [{"name": "a"}, {}],
		"initContainers": [{"name": "b"}],
		"ephemeralContainers": [{"name": "c"}],
	}}
	[[c.name, c.path] | some c in found] == [
		["b", ["spec", "initContainers", 0]],
		["a", ["spec", "containers", 0]],
		["containers[1]", ["spec", "containers", 1]],
		["c", ["spec", "ephemeralContainers", 0]],
	]
}

test_exclusions if {
	pod := {"kind": "Pod", "spec": {"containers": [
		{"name": "a", "image": "ghcr.io/kubereboot/kured:1.2"},
		{"name": "b", "image": "docker.io/b"},
		{"name": "c", "image": "docker.io/c"},
	]}}
	parameters := {"X": {"excludedImages": ["ghcr.io/kubereboot/kured:*"], "excludedContainers": ["b"]}}
	["c"] == [c.name | some c in workload.containers_judged("X")] with input.resource as pod with data.parameters as parameters
	["a", "b", "c"] == [c.name | some c in workload.containers_judged("Y")] with input.resource as pod with data.parameters as parameters
	["a", "b", "c"] == [c.name | some c in workload.containers_judged("X")] with input.resource as pod
}

test_pod_of_excluded_containers_only_is_not_judged if {
	pod := {"kind": "Pod", "spec": {"containers": [{"name": "a", "image": "x"}]}}
	not workload.judged("X") with input.resource as pod with data.parameters.X.excludedContainers as ["a"]
	not workload.judged_at(pod, "X") with data.parameters.X.excludedContainers as ["a"]
	workload.judged("X") with input.resource as pod
	workload.judged("X") with input.resource as {"kind": "Pod", "spec": {}}
}

test_service_account_falls_back if {
	workload.service_account({"kind": "Pod", "spec": {}}) == "default"
	workload.service_account({"kind": "Pod", "spec": {"serviceAccount": "old"}}) == "old"
	workload.service_account({"kind": "Pod", "spec": {"serviceAccountName": "", "serviceAccount": "old"}}) == "old"
}

test_well_formed_has_no_malformed_place if {
	every case in _cases {
		[resource, _] := case
		[] == workload.malformed with input.resource as resource
	}
}

test_malformed_pod if {
	_missing({"kind": "Deployment", "spec": {}}) == ["spec as an object"]
	_missing({"kind": "Deployment", "spec": "x"}) == ["spec as an object"]
	_missing({"kind": "Pod", "spec": {"containers": {}}}) == ["containers as a list"]
	_missing({"kind": "Pod", "spec": {}}) == ["containers as a list"]
	_missing({"kind": "Pod", "spec": {"containers": ["x"]}}) == ["an entry of containers as an object"]
	_missing({"kind": "Pod", "spec": {"containers": [], "initContainers": "x"}}) == ["initContainers as a list"]
	_missing({"kind": "Pod", "spec": {"containers": [], "initContainers": null}}) == []
}

_missing(resource) := missing if {
	missing := [place.missing | some place in workload.malformed_in([])] with input.resource as resource
}

test_malformed_fields_concern_who_reads_them if {
	pod := {"kind": "Pod", "spec": {
		"hostPID": "yes",
		"volumes": [{"name": "a", "hostPath": "/"}],
		"containers": [{"image": 5, "securityContext": {"privileged": "true"}}],
	}}
	found := {[place.path, place.missing] |
		some place in workload.malformed_in(["hostPID", "hostPath", "image", "privileged"])
	} with input.resource as pod
	found == {
		[["spec", "hostPID"], "hostPID as true or false"],
		[["spec", "volumes", 0, "hostPath"], "hostPath as an object"],
		[["spec", "containers", 0, "image"], "image as text"],
		[["spec", "containers", 0, "securityContext", "privileged"], "privileged as true or false"],
	}
	[] == workload.malformed_in(["runAsUser"]) with input.resource as pod
}

test_nearest if {
	workload.nearest(["spec"], {"a": {"b": false}}, ["a", "b"]) == ["spec", "a", "b"]
	workload.nearest(["spec"], {"a": {}}, ["a", "b"]) == ["spec", "a"]
	workload.nearest(["spec"], {}, ["a", "b"]) == ["spec"]
}

test_clean_path if {
	workload.clean_path("/var//log/") == "/var/log"
	workload.clean_path("/var/log/../../etc/./x") == "/etc/x"
	workload.clean_path("/../..") == "/"
	workload.clean_path("/") == "/"
	workload.clean_path("C:\\Data\\Logs") == "c:/data/logs"
}

test_within_is_about_segments if {
	workload.within("/foo", "/foo/bar")
	workload.within("/foo", "/foo")
	not workload.within("/foo", "/foobar")
	workload.within("/", "/x")
}
