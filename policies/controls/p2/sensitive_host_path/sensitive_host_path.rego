# METADATA
# title: Pods mount none of the node's critical directories
# description: |
#   Through the node's configuration, devices, logs or runtime state a container reads the kubelet's credentials or
#   changes what the node runs next. Their parent directories show the same.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/storage/volumes/#hostpath
#   - ref: https://learn.microsoft.com/azure/aks/concepts-security
# custom:
#   id: AKSC-P2-06
#   item: P2
#   severity: high
#   kinds: [workloads]
#   parameters:
#     excludedNamespaces: aks
#     excludedImages: []
#     excludedContainers: []
#     sensitivePaths:
#       - "/"
#       - "/boot"
#       - "/dev"
#       - "/etc"
#       - "/lib"
#       - "/lib64"
#       - "/proc"
#       - "/sys"
#       - "/usr"
#       - "/var/lib/docker"
#       - "/var/lib/kubelet"
#       - "/var/lib/containerd"
#       - "/var/log"
#       - "/root"
#     matchDescendants: true
#   args: {volume: string, path: string}
#   folds: ["AKSC-P2-08", "AKSC-P2-09"]
#   message: "Volume {volume} of {kind} {name} mounts {path}, which holds critical files of the node"
#   remediation: >-
#     Remove volume {volume}. What a workload needs from there it can get from the API server, from a downward API
#     volume, or from a managed agent that AKS runs.
#   mappings:
#     pss: [baseline]
#     azure-policy: ["098fc59e-46c7-4d99-9b16-64990e543d75"]
#     trivy: [KSV-0121]
#     kube-linter: [sensitive-host-mounts]
#     gatekeeper: [K8sPSPHostFilesystem]
package controls.p2.sensitive_host_path

import data.lib.finding
import data.lib.workload

violation contains finding.at(0, mount.path, {"volume": mount.volume, "path": mount.raw}) if {
	some mount in workload.host_paths
	startswith(mount.clean, "/")
	_sensitive(mount.clean)
	workload.judged("AKSC-P2-06")
}

_sensitive("/")

_sensitive(path) if path in _directories

# A parent shows the sensitive directory too.
_sensitive(path) if {
	some directory in _directories
	workload.within(path, directory)
}

# The root is matched only by itself: as a parent it would make everything sensitive.
_sensitive(path) if {
	data.parameters["AKSC-P2-06"].matchDescendants
	some directory in _directories
	directory != "/"
	workload.within(directory, path)
}

_directories := [workload.clean_path(directory) | some directory in data.parameters["AKSC-P2-06"].sensitivePaths]

undecided contains finding.unknown(0, place.path, place.missing) if {
	some place in workload.malformed_in(["volumes", "hostPath", "path"])
}
