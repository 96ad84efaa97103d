# METADATA
# title: No chain of rights leads an ordinary subject to cluster-admin
# description: |
#   Rights that look harmless add up: who may create pods in a namespace acts as every service account there, and one
#   of those may be able to impersonate, to grant roles or to do everything. Reviews of single roles do not see such
#   chains, intruders look for them.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks
# custom:
#   id: AKSC-P3-32
#   item: P3
#   severity: high
#   unit: cluster
#   kinds: [workloads, Role, ClusterRole, RoleBinding, ClusterRoleBinding, ServiceAccount, Secret]
#   subjects: [RoleBinding, ClusterRoleBinding]
#   reads:
#     Role: [rules]
#     ClusterRole: [rules]
#     RoleBinding: [roleRef, subjects]
#     ClusterRoleBinding: [roleRef, subjects]
#     ServiceAccount: [automountServiceAccountToken]
#     Secret: [type, "metadata.annotations[kubernetes.io/service-account.name]"]
#     workloads: ["podSpec.serviceAccountName", "podSpec.serviceAccount", "podSpec.automountServiceAccountToken"]
#   parameters:
#     excludedNamespaces: aks
#     adminSubjects: ["Group:system:masters", "User:clusterAdmin", "User:clusterUser"]
#     maxPathLength: 4
#   args: {subject: string, chain: string}
#   message: "{subject} comes to administer the cluster: {chain}"
#   remediation: >-
#     Break the chain where it costs least: give the strong account of {chain} a namespace of its own, take the right
#     away from {subject}, or limit it with `resourceNames`. Subjects that are meant to administer belong into the
#     parameter adminSubjects.
#   mappings:
#     kubescape: [C-0267]
package controls.p3.escalation_path

import data.lib.escalation
import data.lib.finding

violation contains finding.at(way.ref, ["subjects", way.index], {"subject": id, "chain": concat(" > ", way.chain)}) if {
	some id, way in escalation.chains
	way.steps >= 2
	way.steps <= data.parameters["AKSC-P3-32"].maxPathLength
	not id in data.parameters["AKSC-P3-32"].adminSubjects
	not _of_the_platform(id)
}

undecided contains finding.unknown(place.ref, place.path, place.missing) if some place in escalation.malformed

# What Kubernetes and AKS give their own accounts is theirs to answer for.
_of_the_platform(id) if {
	some prefix in ["User:system:", "Group:system:"]
	startswith(id, prefix)
}

_of_the_platform(id) if {
	some namespace in data.parameters["AKSC-P3-32"].excludedNamespaces
	startswith(id, concat("", ["ServiceAccount:", namespace, "/"]))
}
