# METADATA
# title: No environment variable holds a credential as text
# description: |
#   A credential in a manifest is read by everybody who can read the repository, the object or its history, and is
#   changed by a roll-out only. It belongs into a store that limits and records who takes it out.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/developer-best-practices-pod-security#limit-credential-exposure
#   - ref: https://learn.microsoft.com/azure/aks/csi-secrets-store-driver
# custom:
#   id: AKSC-D2-02
#   item: D2
#   severity: high
#   kinds: [workloads]
#   parameters:
#     excludedNamespaces: aks
#     excludedImages: []
#     excludedContainers: []
#     namePatterns:
#       - "(?i)(secret|passwd|password|pwd|token|bearer|credential|api[_-]?key|connection[_-]?string|sas[_-]?(token|key))"
#       - "(?i)^AZURE_.+KEY$"
#       - "(?i)^AZURE_CLIENT_SECRET$"
#     valuePatterns:
#       - "-----BEGIN [A-Z ]*PRIVATE KEY"
#       - "AccountKey=[A-Za-z0-9+/=]{40,}"
#       - "SharedAccessKey="
#       - eyJhbGciO
#       - "AKIA[0-9A-Z]{16}"
#       - "ghp_[0-9A-Za-z]{36}"
#       - "://[^/\\s:@]+:[^@\\s]+@"
#     allowedNames: [PWD, OLDPWD, "TOKENIZERS_PARALLELISM"]
#     allowedValues: []
#     ignoreFilePaths: true
#     ignoreValuePatterns:
#       - "^(?i:true|false|yes|no|on|off)$"
#       - "^/[A-Za-z0-9._/-]*$"
#       - "^https?://[^@\\s]*$"
#       - "\\$\\([A-Za-z_][A-Za-z0-9_.-]*\\)"
#       - "^\\$\\{.+\\}$"
#       - "^\\{\\{.*\\}\\}$"
#     ignoreNameSuffixes: ["_FILE", "_PATH", "_DIR", "_NAME", "_ENDPOINT", "_TTL", "_EXPIRY", "_TIMEOUT"]
#     numbersIgnoredUnlessName: "(?i)(password|passwd|pwd|pin)"
#   args: {container: string, variable: string}
#   sensitive: true
#   message: "An environment variable of {kind} {name} holds a credential as text"
#   remediation: >-
#     Replace the credential now that it is known, keep it in Key Vault, and mount it through the Secrets Store CSI
#     driver; where the service knows workload identity, use that and no credential.
#   mappings:
#     kubescape: [C-0012, C-0259]
#     kube-linter: [env-var-secret]
#     polaris: [sensitiveContainerEnvVar]
package controls.d2.literal_secret_env

import data.lib.finding
import data.lib.workload

violation contains finding.at(0, path, {"container": container.name, "variable": name}) if {
	some container in workload.containers_judged("AKSC-D2-02")
	is_array(container.spec.env)
	some index, variable in container.spec.env
	text := _text(variable.value)
	name := object.get(variable, "name", "")
	not text in _parameters.allowedValues
	_credential(name, text)
	path := array.concat(container.path, ["env", index, "value"])
}

_parameters := data.parameters["AKSC-D2-02"]

# Unquoted numbers are a mistake, yet what they say is judged.
_text(value) := value if is_string(value)

_text(value) := json.marshal(value) if is_number(value)

_credential(_, text) if {
	some found in regex.find_all_string_submatch_n(_any(_parameters.valuePatterns), text, -1)
	not _reference(found[0])
}

_credential(name, text) if {
	text != ""
	regex.match(_any(_parameters.namePatterns), name)
	not name in _parameters.allowedNames
	not _names_a_place(name)
	not _harmless(name, text)
}

_names_a_place(name) if {
	some suffix in _parameters.ignoreNameSuffixes
	endswith(upper(name), suffix)
}

_harmless(_, text) if regex.match(_any(_parameters.ignoreValuePatterns), text)

_harmless(_, text) if {
	_parameters.ignoreFilePaths
	regex.match(`^([A-Za-z]:[\\/]|\.{1,2}/|/)[A-Za-z0-9._/\\-]*$`, text)
}

_harmless(name, text) if {
	regex.match("^[0-9]+$", text)
	not regex.match(_parameters.numbersIgnoredUnlessName, name)
}

# `postgres://app:$(PASSWORD)@db` takes the credential from elsewhere.
_reference(text) if regex.match(`\$\([^)]+\)|\$\{[^}]+\}|\{\{.*\}\}`, text)

# One pattern for many: matching is what costs here.
_any(patterns) := concat("|", [concat("", ["(?:", pattern, ")"]) | some pattern in patterns]) if count(patterns) > 0

undecided contains finding.unknown(0, place.path, place.missing) if {
	some place in workload.malformed_in(["env"])
}
