# METADATA
# title: Roles are granted to Entra groups, not to single users
# description: |
#   Who leaves a group leaves all its rights, in every cluster at once; a binding that names the user stays until
#   somebody remembers it. Groups can be reviewed, and joined for a limited time.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/azure-ad-rbac
#   - ref: https://learn.microsoft.com/azure/aks/operator-best-practices-identity
# custom:
#   id: AKSC-D1-01
#   item: D1
#   severity: medium
#   kinds: [RoleBinding, ClusterRoleBinding]
#   parameters:
#     allowedUsers: []
#     allowedUserPatterns: ["^system:", "^(clusterAdmin|clusterUser|aksService|acsService|nodeclient)$"]
#   args: {user: string, role: string}
#   folds: ["AKSC-P3-01"]
#   message: "{kind} {name} gives {role} to the single user {user}"
#   remediation: >-
#     Make {user} a member of an Entra group and bind {role} to the object id of that group; or list a break-glass
#     account in the parameter allowedUsers.
#   mappings:
#     cis-aks: ["5.5.1"]
#     kubescape: [C-0088]
package controls.d1.direct_user_binding

import data.lib.finding
import data.lib.rbac

violation contains finding.rated(0, subject.path, {"user": user, "role": input.resource.roleRef.name}, severity) if {
	some subject in rbac.subjects_of(input.resource)
	subject.subject.kind == "User"
	user := subject.subject.name
	not user in data.parameters["AKSC-D1-01"].allowedUsers
	not _known(user)
	severity := _severity(user)
}

_known(user) if {
	some pattern in data.parameters["AKSC-D1-01"].allowedUserPatterns
	regex.match(pattern, user)
}

# An object id may be a managed identity that automation uses, for which no group may exist.
_severity(user) := "low" if {
	_is_object_id(user)
} else := "medium"

_is_object_id(user) if regex.match("^(?i:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$", user)

undecided contains finding.unknown(0, place.path, place.missing) if some place in rbac.malformed
