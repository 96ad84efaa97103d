# METADATA
# title: Nobody holds a role without having signed in
# description: |
#   Requests without credentials come as system:anonymous, in the group system:unauthenticated. What these hold,
#   everybody who reaches the API server holds.
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/authentication/#anonymous-requests
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: AKSC-P3-22
#   item: P3
#   severity: critical
#   kinds: [RoleBinding, ClusterRoleBinding]
#   parameters:
#     allowedRoles: ["system:public-info-viewer"]
#   args: {subject: string, role: string}
#   message: "{kind} {name} gives {role} to {subject}, that is to anybody who reaches the API server"
#   remediation: "Remove {subject} from the binding, and bind {role} to the group or account that needs it."
#   mappings:
#     kubescape: [C-0262]
#     trivy: [KSV-0122]
#     gatekeeper: [K8sDisallowAnonymous]
package controls.p3.anonymous_binding

import data.lib.finding
import data.lib.rbac

violation contains finding.at(0, subject.path, {"subject": subject.id, "role": input.resource.roleRef.name}) if {
	some subject in rbac.subjects_of(input.resource)
	subject.id in ["User:system:anonymous", "Group:system:unauthenticated"]
	not _allowed_role
}

# A namespaced role may bear any name, so only a cluster role is known by its own.
_allowed_role if {
	input.resource.roleRef.kind == "ClusterRole"
	input.resource.roleRef.name in data.parameters["AKSC-P3-22"].allowedRoles
}

undecided contains finding.unknown(0, place.path, place.missing) if some place in rbac.malformed
