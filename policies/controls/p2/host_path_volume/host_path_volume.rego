# METADATA
# title: Pods mount no directories of their node
# description: |
#   A hostPath volume shows the pod files of its node, which outlive it and belong to others. Through a writable one
#   a container gets out of its bounds; through a readable one it gets at credentials.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/storage/volumes/#hostpath
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
# custom:
#   id: AKSC-P2-05
#   item: P2
#   severity: medium
#   kinds: [workloads]
#   parameters:
#     excludedNamespaces: aks
#     excludedImages: ["ghcr.io/kubereboot/kured:*", "ghcr.io/kubereboot/kured@*"]
#     excludedContainers: []
#     allowedHostPaths: []
#     windowsAllowedHostPaths: []
#   args: {volume: string, path: string}
#   folds: ["AKSC-P2-06", "AKSC-P2-08", "AKSC-P2-09"]
#   message: "Volume {volume} of {kind} {name} mounts {path} from the node"
#   remediation: >-
#     Use a volume that belongs to the pod for {volume}: emptyDir, a persistent volume claim, or a projected volume.
#     If it must be the node directory, list the narrowest one in the parameter allowedHostPaths.
#   mappings:
#     pss: [baseline]
#     azure-policy: ["098fc59e-46c7-4d99-9b16-64990e543d75"]
#     kubescape: [C-0048, C-0203]
#     trivy: [KSV-0023]
#     polaris: [hostPathSet]
#     gatekeeper: [K8sPSPHostFilesystem]
package controls.p2.host_path_volume

import data.lib.finding
import data.lib.workload

violation contains finding.at(0, mount.path, {"volume": mount.volume, "path": mount.raw}) if {
	some mount in workload.host_paths
	not _allowed(mount.clean)
	workload.judged("AKSC-P2-05")
}

_allowed(path) if {
	some directory in data.parameters["AKSC-P2-05"][_parameter]
	workload.within(workload.clean_path(directory), path)
}

default _parameter := "allowedHostPaths"

_parameter := "windowsAllowedHostPaths" if workload.windows

undecided contains finding.unknown(0, array.concat(workload.pod_path, ["volumes", index]), "hostPath.path") if {
	is_array(workload.pod_spec.volumes)
	some index, volume in workload.pod_spec.volumes
	is_object(volume.hostPath)
	object.get(volume.hostPath, "path", null) == null
}

undecided contains finding.unknown(0, place.path, place.missing) if {
	some place in workload.malformed_in(["volumes", "hostPath", "path"])
}
