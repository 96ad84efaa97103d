# METADATA
# title: Only those who must administer the whole cluster are bound to cluster-admin
# description: |
#   cluster-admin may do everything, in every namespace, to every object. Whoever takes over one of its subjects owns
#   the cluster.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - ref: https://learn.microsoft.com/azure/aks/azure-ad-rbac
# custom:
#   id: AKSC-P3-01
#   item: P3
#   severity: high
#   kinds: [RoleBinding, ClusterRoleBinding]
#   reads:
#     ClusterRoleBinding: ["metadata.name"]
#     RoleBinding: ["metadata.name"]
#   parameters:
#     allowedSubjects: []
#     alsoRolesClusterWide: [admin, edit]
#     ignoredBindings:
#       "cluster-admin": ["Group:system:masters"]
#       "aks-cluster-admin-binding": ["User:clusterAdmin", "User:clusterUser"]
#       "aks-cluster-admin-binding-aad": ["Group:*"]
#   args: {subject: string, role: string}
#   folds: ["AKSC-P3-22", "AKSC-P3-23", "AKSC-P3-24", "AKSC-P3-25", "AKSC-D1-03"]
#   message: "{kind} {name} gives {role} to {subject}"
#   remediation: >-
#     Bind {subject} to a role that holds only what it needs, in the namespaces where it needs it, and remove it from
#     this binding; or list it in the parameter allowedSubjects.
#   mappings:
#     cis-aks: ["4.1.1"]
#     azure-policy: [a3dc4946-dba6-43e6-950d-f96532848c9f]
#     kubescape: [C-0185, C-0035]
#     trivy: [KSV-0111]
#     kube-linter: [cluster-admin-role-binding]
#     polaris: [clusterrolebindingClusterAdmin, rolebindingClusterAdminClusterRole]
package controls.p3.cluster_admin_binding

import data.lib.finding
import data.lib.rbac

violation contains finding.rated(0, subject.path, args, severity) if {
	severity := _severity
	some subject in rbac.subjects_of(input.resource)
	not rbac.listed(subject.id, _parameters.allowedSubjects)
	not _ignored(subject)
	args := {"subject": subject.id, "role": input.resource.roleRef.name}
}

default _parameters := {"allowedSubjects": [], "alsoRolesClusterWide": [], "ignoredBindings": {}}

_parameters := data.parameters["AKSC-P3-01"]

# In one namespace cluster-admin is only its administrator.
_severity := "high" if {
	_grants("cluster-admin")
	input.resource.kind == "ClusterRoleBinding"
} else := "medium" if {
	_grants("cluster-admin")
} else := "medium" if {
	input.resource.kind == "ClusterRoleBinding"
	some role in _parameters.alsoRolesClusterWide
	_grants(role)
}

_grants(role) if {
	input.resource.roleRef.kind == "ClusterRole"
	input.resource.roleRef.name == role
}

_ignored(subject) if {
	_made_by_the_platform
	rbac.listed(subject.id, _parameters.ignoredBindings[input.resource.metadata.name])
}

# On a cluster the bindings of Kubernetes and AKS bear a label. In manifests anybody could write it, so it says nothing.
_made_by_the_platform if not data.snapshot.mode == "cluster"

_made_by_the_platform if input.resource.metadata.labels["addonmanager.kubernetes.io/mode"]

_made_by_the_platform if input.resource.metadata.labels["kubernetes.io/bootstrapping"] == "rbac-defaults"

undecided contains finding.unknown(0, place.path, place.missing) if some place in rbac.malformed
