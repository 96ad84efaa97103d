package lib.escalation

import data.lib.namespace
import data.lib.rbac
import data.lib.unit
import data.lib.workload

_account(name) := concat(":", ["ServiceAccount", name])

_place(name) := split(name, "/")[0]

# Service accounts by namespace, whether they are in the input themselves or somebody speaks of them.
_accounts[_place(name)] contains _account(name) if some name, _ in input.byName.ServiceAccount

_accounts[_place(name)] contains _account(name) if {
	some binding in _bindings
	some subject in binding.resource.subjects
	name := rbac.service_account(subject)
}

_accounts[_place(name)] contains _account(name) if some [name, _] in _pods

# Those whose token a pod mounts.
_running[_place(name)] contains _account(name) if {
	some [name, stated] in _pods
	_mounts(name, stated)
}

_pods := [[name, stated] |
	some kind in workload.kinds
	some entry in input.kinds[kind]
	name := concat("/", [namespace.of(entry.resource), workload.service_account(entry.resource)])
	stated := object.get(workload.template_of(entry.resource), ["spec", "automountServiceAccountToken"], null)
]

_mounts(_, true)

_mounts(name, null) if not _refused(name)

_refused(name) if unit.resources[input.byName.ServiceAccount[name]].automountServiceAccountToken == false

# Those whose token stands in a Secret. Where Secrets are not in the input, any may.
_secret_accounts := _accounts if not _secrets_known

_secret_accounts := {place: ids |
	some place, _ in _accounts
	ids := {_account(concat("/", [place, name])) |
		some ref in input.byNamespace[place].Secret
		secret := unit.resources[ref]
		secret.type == "kubernetes.io/service-account-token"
		name := secret.metadata.annotations["kubernetes.io/service-account.name"]
	}
} if {
	_secrets_known
}

_secrets_known if count(input.kinds.Secret) > 0

_secrets_known if data.snapshot.complete.Secret
