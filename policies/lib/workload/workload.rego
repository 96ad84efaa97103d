# METADATA
# title: Objects with a pod template
# description: |
#   Where each kind keeps its pod, and what stands in it. Rules are about input.resource (unit resource); functions
#   take a resource of any unit. Paths start at the resource's root.
package lib.workload

import data.lib.image

# METADATA
# description: The kinds that hold a pod template, or are a pod.
kinds := [kind | some kind, _ in _template_paths]

_container_lists := ["initContainers", "containers", "ephemeralContainers"]

_template_paths := {
	"Pod": [],
	"Deployment": ["spec", "template"],
	"StatefulSet": ["spec", "template"],
	"DaemonSet": ["spec", "template"],
	"ReplicaSet": ["spec", "template"],
	"ReplicationController": ["spec", "template"],
	"Job": ["spec", "template"],
	"CronJob": ["spec", "jobTemplate", "spec", "template"],
	"PodTemplate": ["template"],
}

# METADATA
# description: Where the pod template stands in a resource; the root itself for a Pod.
template_path_of(resource) := _template_paths[resource.kind]

# METADATA
# description: The pod template of a resource; the resource itself for a Pod.
template_of(resource) := resource if resource.kind == "Pod"

template_of(resource) := resource.spec.jobTemplate.spec.template if resource.kind == "CronJob"

template_of(resource) := resource.template if resource.kind == "PodTemplate"

template_of(resource) := resource.spec.template if not resource.kind in {"Pod", "CronJob", "PodTemplate"}

# METADATA
# description: Where the pod spec stands in a resource.
pod_path_of(resource) := array.concat(template_path_of(resource), ["spec"])

# METADATA
# description: The pod spec of a resource; undefined where there is no such object.
pod_spec_of(resource) := spec if {
	spec := template_of(resource).spec
	is_object(spec)
}

# METADATA
# description: The labels that the pods of a resource bear; an empty object where there are none.
labels(resource) := found if {
	found := template_of(resource).metadata.labels
	is_object(found)
} else := {}

# METADATA
# description: The service account that the pods of a resource run as. The older field `serviceAccount` counts where it stands alone.
service_account(resource) := _account(object.get(template_of(resource), "spec", {}))

_account(spec) := spec.serviceAccountName if {
	_text(spec, "serviceAccountName")
} else := spec.serviceAccount if {
	_text(spec, "serviceAccount")
} else := "default"

_text(value, key) if {
	is_string(value[key])
	value[key] != ""
}

# METADATA
# description: The path of the labels that the pods of a resource bear, or of its pod template where there are none.
labels_path(resource) := nearest(template_path_of(resource), template_of(resource), ["metadata", "labels"])

# METADATA
# description: Holds where the pods of a resource use the network of their node.
host_network(resource) if template_of(resource).spec.hostNetwork == true

# METADATA
# description: |
#   All containers in a pod spec: init, normal, ephemeral. Each has name, field (the list it stands in), path and spec.
containers_of(spec, path) := [container |
	some field in _container_lists
	is_array(spec[field])
	some index, found in spec[field]
	is_object(found)
	container := {
		"name": _name(found, field, index),
		"field": field,
		"path": array.concat(path, [field, index]),
		"spec": found,
	}
]

_name(container, _, _) := container.name if _text(container, "name")

_name(container, field, index) := concat("", [field, "[", format_int(index, 10), "]"]) if not _text(container, "name")

# METADATA
# description: The pod template of the resource.
template := template_of(input.resource)

# METADATA
# description: Where the pod spec of the resource stands.
pod_path := pod_path_of(input.resource)

# METADATA
# description: The pod spec of the resource; undefined where there is no such object.
pod_spec := pod_spec_of(input.resource)

# METADATA
# description: The metadata of the pod template; an empty object where there is none.
default pod_metadata := {}

pod_metadata := template.metadata if is_object(template.metadata)

# METADATA
# description: All containers of the resource, each with name, field, path and spec.
default containers := []

containers := containers_of(pod_spec, pod_path)

# METADATA
# description: Holds for pods that declare Windows as their operating system; fields that only Linux knows do not concern them.
windows if pod_spec.os.name == "windows"

# METADATA
# description: |
#   The containers that a control judges: all but those that its parameters excludedImages and excludedContainers name.
containers_judged(control) := _judged(containers, control)

# METADATA
# description: |
#   Holds where a control about the whole pod judges this resource. A pod is left out when the control's parameters
#   exclude every container in it.
judged(control) if count(containers_judged(control)) > 0

judged(_) if count(containers) == 0

# METADATA
# description: As `judged`, for a resource of a namespace or cluster unit.
judged_at(resource, control) if {
	all := containers_of(pod_spec_of(resource), pod_path_of(resource))
	_some_judged(all, control)
}

_some_judged(all, _) if count(all) == 0

_some_judged(all, control) if count(_judged(all, control)) > 0

# Most controls exclude nothing; then no container has to be looked at.
_judged(all, control) := all if {
	object.get(data.parameters, [control, "excludedImages"], []) == []
	object.get(data.parameters, [control, "excludedContainers"], []) == []
} else := [container |
	some container in all
	not _excluded(container, control)
]

_excluded(container, control) if container.name in data.parameters[control].excludedContainers

_excluded(container, control) if image.listed(container.spec.image, data.parameters[control].excludedImages)

# METADATA
# description: |
#   The path of a field inside a pod spec or container, or of its closest existing parent: the place of a finding about
#   an absent field.
nearest(path, spec, fields) := array.concat(path, array.slice(fields, 0, depth)) if {
	depth := max([length |
		some length in numbers.range(0, count(fields))
		object.get(spec, array.slice(fields, 0, length), null) != null
	])
}
