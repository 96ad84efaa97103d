# METADATA
# title: Images come from approved registries
# description: |
#   An image from a registry that nobody vetted can carry anything, and its owner can replace it at any time.
#   Approved registries are where images are scanned, signed and kept. The default admits every Azure registry:
#   narrow it to your own login servers.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/operator-best-practices-container-image-management
#   - ref: https://kubernetes.io/docs/concepts/containers/images/#image-names
# custom:
#   id: AKSC-D8-03
#   item: D8
#   severity: high
#   kinds: [workloads]
#   parameters:
#     excludedNamespaces: aks
#     excludedImages: []
#     excludedContainers: []
#     allowedImages: ["*.azurecr.io/*", "mcr.microsoft.com/*"]
#     allowedImagesRegex: ""
#   args: {container: string, image: string}
#   message: "Container {container} runs {image}, which comes from no approved registry"
#   remediation: >-
#     Import the image into your own registry (`az acr import`) and name it there in container {container}, or add
#     its registry to the parameter allowedImages.
#   mappings:
#     cis-aks: ["5.1.4"]
#     azure-policy: [febd0533-8e55-448f-b837-bd0e06f16469]
#     kubescape: [C-0078, C-0304]
#     trivy: [KSV-0125, KSV-0032]
#     gatekeeper: [K8sAllowedRepos, K8sAllowedReposv2]
package controls.d8.unapproved_registry

import data.lib.finding
import data.lib.image
import data.lib.workload

violation contains finding.at(0, path, {"container": container.name, "image": container.spec.image}) if {
	some container in workload.containers_judged("AKSC-D8-03")
	is_string(container.spec.image)
	not _allowed(container.spec.image)
	path := array.concat(container.path, ["image"])
}

_allowed(reference) if {
	parsed := image.parse(reference)
	some pattern in data.parameters["AKSC-D8-03"].allowedImages
	image.fits(parsed, pattern)
}

# The whole reference must match: a pattern that fits only its end or its beginning lets other registries through.
_allowed(reference) if {
	pattern := data.parameters["AKSC-D8-03"].allowedImagesRegex
	pattern != ""
	regex.match(concat("", ["^(?:", pattern, ")$"]), reference)
}

undecided contains finding.unknown(0, container.path, "image") if {
	some container in workload.containers_judged("AKSC-D8-03")
	object.get(container.spec, "image", null) == null
}

undecided contains finding.unknown(0, place.path, place.missing) if {
	some place in workload.malformed_in(["image"])
}
