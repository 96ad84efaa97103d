# METADATA
# title: The image that runs is the one that was declared
# description: |
#   A tag that was pushed again makes pods of one controller run different code, and a digest that differs from the
#   declared one means that something else was put in its place. Either way nobody reviewed what runs.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy
# custom:
#   id: AKSC-D8-12
#   item: D8
#   severity: medium
#   tier: extended
#   unit: namespace
#   kinds: [Pod]
#   reads:
#     Pod:
#       - "metadata.ownerReferences"
#       - "metadata.labels"
#       - "spec.initContainers.name"
#       - "spec.initContainers.image"
#       - "spec.containers.name"
#       - "spec.containers.image"
#       - "status.initContainerStatuses"
#       - "status.containerStatuses"
#   owned: true
#   args: {container: string, declared: string, running: string}
#   message: "Container {container} of {name} was declared as {declared} and runs {running}"
#   remediation: >-
#     Find out which image {running} is, then name the reviewed one by its digest in {container} and roll it out.
package controls.d8.running_image_drift

import data.lib.finding
import data.lib.image

violation contains finding.at(run.ref, run.path, {"container": run.container, "declared": run.declared, "running": run.digest}) if {
	some run in _runs
	wanted := image.parse(run.declared).digest
	wanted != ""
	wanted != run.digest
}

violation contains finding.at(run.ref, run.path, {"container": run.container, "declared": run.declared, "running": run.digest}) if {
	some run in _runs
	image.parse(run.declared).digest == ""
	_usual[run.group] != run.digest
}

# What runs, one for each container of each pod whose image the node reports by the digest of a registry. Local ids differ
# between processor architectures, so they cannot be compared.
_runs := [run |
	some entry in input.kinds.Pod
	some [spec_list, status_list] in _lists
	some index, status in entry.resource.status[status_list]
	some container in entry.resource.spec[spec_list]
	container.name == status.name
	contains(status.imageID, "@")
	run := {
		"ref": entry.ref,
		"path": ["status", status_list, index, "imageID"],
		"container": container.name,
		"declared": container.image,
		"digest": image.parse(trim_prefix(status.imageID, "docker-pullable://")).digest,
		"group": concat(" ", [_controller(entry.resource), container.name, container.image]),
	}
]

_lists := [["initContainers", "initContainerStatuses"], ["containers", "containerStatuses"]]

# Pods of one controller and one revision of its template: while an update rolls, two revisions run.
_controller(pod) := concat("/", [owner.kind, owner.name, _revision(pod)]) if {
	some owner in pod.metadata.ownerReferences
	owner.controller
} else := concat("/", ["Pod", pod.metadata.name])

_revision(pod) := pod.metadata.labels["controller-revision-hash"] if {
	is_string(pod.metadata.labels["controller-revision-hash"])
} else := ""

_digests[run.group] contains run.digest if some run in _runs

# The digest that most pods of a group run; the smallest of those where several are as common.
_usual[group] := ranked[0][1] if {
	some group, digests in _digests
	count(digests) > 1
	ranked := sort([[0 - _pods_with(group, digest), digest] | some digest in digests])
}

_pods_with(group, digest) := count([1 | some run in _runs; run.group == group; run.digest == digest])

subject contains run.ref if some run in _runs
