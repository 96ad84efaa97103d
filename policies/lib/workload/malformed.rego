package lib.workload

# METADATA
# description: |
#   Places of the resource that have another type than Kubernetes gives them. Each has path, missing (what was
#   expected there) and field: the name of the field that is wrong, or "" where the pod itself cannot be read.
malformed := array.concat(_malformed_pod, [place |
	some [types, value, path] in _parts
	some field, found in value
	found != null
	type_name(found) != types[field]
	place := _place(array.concat(path, [field]), field, types[field])
])

# METADATA
# description: |
#   The malformed places that keep a control from judging: those of the pod itself, and those where one of the named
#   fields of the pod, its containers, volumes or security contexts is wrong.
malformed_in(fields) := [place |
	some place in malformed
	place.field in array.concat([""], fields)
]

_place(path, field, type) := {"path": path, "field": field, "missing": concat(" ", [_named(path), "as", _types[type]])}

_named(path) := path[count(path) - 1] if is_string(path[count(path) - 1])

_named(path) := concat(" ", ["an entry of", path[count(path) - 2]]) if is_number(path[count(path) - 1])

_types := {
	"array": "a list",
	"object": "an object",
	"string": "text",
	"boolean": "true or false",
	"number": "a number",
}

_malformed_pod := [_place(pod_path, "", "object")] if not pod_spec

# A pod has containers, so where the list is absent nothing can be said about it.
_malformed_pod := array.flatten([
	[_place(array.concat(pod_path, ["containers"]), "", "array") | object.get(pod_spec, "containers", null) == null],
	[_place(array.concat(pod_path, [field]), "", "array") |
		some field in _container_lists
		object.get(pod_spec, field, []) != null
		not is_array(object.get(pod_spec, field, []))
	],
	[_place(array.concat(pod_path, [field, index]), "", "object") |
		some field in _container_lists
		is_array(pod_spec[field])
		some index, container in pod_spec[field]
		not is_object(container)
	],
]) if {
	pod_spec
}

# The objects inside the pod whose fields have a type that controls rely on: types, object, path.
_parts := array.flatten([_pod_parts, _container_parts, _volume_parts])

_pod_parts := [
	[_pod_types, pod_spec, pod_path],
	[_security_types, object.get(pod_spec, "securityContext", null), array.concat(pod_path, ["securityContext"])],
] if {
	pod_spec
} else := []

_container_parts := [part |
	some container in containers
	part := [
		[_container_types, container.spec, container.path],
		[
			_security_types,
			object.get(container.spec, "securityContext", null),
			array.concat(container.path, ["securityContext"]),
		],
	][_]
]

_volume_parts := [part |
	is_array(pod_spec.volumes)
	some index, volume in pod_spec.volumes
	path := array.concat(pod_path, ["volumes", index])
	part := [
		[{"hostPath": "object"}, volume, path],
		[{"path": "string"}, object.get(volume, "hostPath", null), array.concat(path, ["hostPath"])],
	][_]
]

_pod_types := {
	"automountServiceAccountToken": "boolean",
	"hostIPC": "boolean",
	"hostNetwork": "boolean",
	"hostPID": "boolean",
	"hostUsers": "boolean",
	"nodeSelector": "object",
	"os": "object",
	"securityContext": "object",
	"serviceAccount": "string",
	"serviceAccountName": "string",
	"shareProcessNamespace": "boolean",
	"tolerations": "array",
	"volumes": "array",
}

_container_types := {
	"args": "array",
	"command": "array",
	"env": "array",
	"envFrom": "array",
	"image": "string",
	"imagePullPolicy": "string",
	"lifecycle": "object",
	"livenessProbe": "object",
	"ports": "array",
	"readinessProbe": "object",
	"resources": "object",
	"securityContext": "object",
	"startupProbe": "object",
	"volumeMounts": "array",
}

_security_types := {
	"allowPrivilegeEscalation": "boolean",
	"appArmorProfile": "object",
	"capabilities": "object",
	"fsGroup": "number",
	"privileged": "boolean",
	"procMount": "string",
	"readOnlyRootFilesystem": "boolean",
	"runAsGroup": "number",
	"runAsNonRoot": "boolean",
	"runAsUser": "number",
	"seLinuxOptions": "object",
	"seccompProfile": "object",
	"sysctls": "array",
	"windowsOptions": "object",
}
