# METADATA
# title: Containers do not run privileged
# description: |
#   A privileged container has every kernel capability and all devices of its node. Whoever breaks into it owns the node.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
# custom:
#   id: AKSC-O1-01
#   item: O1
#   severity: critical
#   kinds: [workloads]
#   parameters:
#     excludedNamespaces: aks
#     excludedImages: ["ghcr.io/kubereboot/kured:*", "ghcr.io/kubereboot/kured@*"]
#     excludedContainers: []
#   args: {container: string}
#   message: "Container {container} runs privileged"
#   remediation: "Remove `privileged` from container {container}, or set it to false and add the one capability that it needs."
#   mappings:
#     cis-aks: ["4.2.1"]
#     pss: [baseline]
package controls.o1.privileged_container

import data.lib.finding
import data.lib.workload

violation contains finding.at(0, path, {"container": container.name}) if {
	some container in workload.containers_judged("AKSC-O1-01")
	container.spec.securityContext.privileged == true
	path := array.concat(container.path, ["securityContext", "privileged"])
}

undecided contains finding.unknown(0, place.path, place.missing) if {
	some place in workload.malformed_in(["securityContext", "privileged"])
}
