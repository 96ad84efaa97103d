# METADATA
# title: Images are named by a fixed tag or a digest
# description: |
#   A tag that moves makes each start of a pod a chance to run something else, and nobody can say afterwards what
#   ran. A fixed tag or a digest makes a roll-out, and a roll-back, mean one image.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/containers/images/#image-names
# custom:
#   id: AKSC-D8-01
#   item: D8
#   severity: medium
#   kinds: [workloads]
#   parameters:
#     excludedNamespaces: aks
#     excludedImages: []
#     excludedContainers: []
#     floatingTags: [latest]
#   args: {container: string, image: string}
#   message: "Container {container} runs {image}, a reference that can mean another image tomorrow"
#   remediation: "Name the version in container {container}, better with its digest: `registry/name:1.4.2@sha256:...`."
#   mappings:
#     azure-policy: ["021f8078-41a0-40e6-81b6-c6597da9f3ee"]
#     kubescape: [C-0075, C-0304]
#     trivy: [KSV-0013]
#     checkov: [CKV_K8S_14]
#     kube-linter: [latest-tag]
#     polaris: [tagNotSpecified]
#     gatekeeper: [K8sDisallowedTags]
package controls.d8.floating_image_tag

import data.lib.finding
import data.lib.image
import data.lib.workload

violation contains finding.at(0, path, {"container": container.name, "image": container.spec.image}) if {
	some container in workload.containers_judged("AKSC-D8-01")
	parsed := image.parse(container.spec.image)
	parsed.digest == ""
	_floating(parsed.tag)
	path := array.concat(container.path, ["image"])
}

# Without a tag the reference means latest.
_floating("")

_floating(tag) if tag in data.parameters["AKSC-D8-01"].floatingTags

undecided contains finding.unknown(0, container.path, "image") if {
	some container in workload.containers_judged("AKSC-D8-01")
	object.get(container.spec, "image", "") == ""
}

undecided contains finding.unknown(0, place.path, place.missing) if {
	some place in workload.malformed_in(["image"])
}
