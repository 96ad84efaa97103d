# METADATA
# title: Secrets are mounted as files, not as environment variables
# description: |
#   The environment of a process ends up in crash dumps, logs and child processes, and stays as it was when the
#   secret is rotated. A mounted file can be read by one process only, and follows the rotation.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/developer-best-practices-pod-security#limit-credential-exposure
#   - ref: https://kubernetes.io/docs/concepts/configuration/secret/#using-secrets-as-files-from-a-pod
# custom:
#   id: AKSC-D2-01
#   item: D2
#   severity: medium
#   kinds: [workloads]
#   parameters:
#     excludedNamespaces: aks
#     excludedImages: []
#     excludedContainers: []
#   args: {container: string}
#   message: "Container {container} takes a secret from its environment"
#   remediation: >-
#     Mount the secret as a volume in container {container}, better through the Secrets Store CSI driver, and let the
#     program read the file.
#   mappings:
#     cis-aks: ["4.5.1"]
#     kubescape: [C-0207, C-0259]
#     checkov: [CKV_K8S_35]
#     kube-linter: [read-secret-from-env-var, env-value-from]
package controls.d2.secret_as_env

import data.lib.finding
import data.lib.workload

violation contains finding.at(0, path, {"container": container.name}) if {
	some container in workload.containers_judged("AKSC-D2-01")
	some path in _references(container)
}

_references(container) := array.concat(
	[array.concat(container.path, ["env", index, "valueFrom", "secretKeyRef"]) |
		some index, variable in container.spec.env
		object.get(variable, ["valueFrom", "secretKeyRef"], null) != null
	],
	[array.concat(container.path, ["envFrom", index, "secretRef"]) |
		some index, source in container.spec.envFrom
		object.get(source, "secretRef", null) != null
	],
)

undecided contains finding.unknown(0, place.path, place.missing) if {
	some place in workload.malformed_in(["env", "envFrom"])
}
