# METADATA
# title: Ingresses terminate TLS for all their hosts
# description: |
#   Without TLS everybody on the way reads and changes what users send, sign-in included. A host that no certificate
#   covers is served in clear text, or with a certificate that teaches users to click warnings away.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/ingress/#tls
#   - ref: https://learn.microsoft.com/azure/aks/app-routing-dns-ssl
# custom:
#   id: AKSC-D6-01
#   item: D6
#   severity: high
#   kinds: [Ingress]
#   parameters:
#     excludedNamespaces: aks
#     requireHostCoverage: true
#     certificateAnnotations:
#       - "appgw.ingress.kubernetes.io/appgw-ssl-certificate"
#       - "kubernetes.azure.com/tls-cert-keyvault-uri"
#   args: {host: string}
#   message: "{kind} {name} does not terminate TLS for {host}"
#   remediation: >-
#     Add an entry to `spec.tls` with the hosts and the Secret of their certificate, or attach a certificate from Key
#     Vault with the annotation that your controller reads.
#   mappings:
#     cis-aks: ["5.4.5"]
#     azure-policy: ["1a5b4dca-0b6f-4cf5-907c-56316bc1bf3d"]
#     kubescape: [C-0263, C-0245]
#     polaris: [tlsSettingsMissing]
#     gatekeeper: [K8sHttpsOnly]
package controls.d6.ingress_without_tls

import data.lib.finding
import data.lib.ingress

violation contains finding.at(0, _tls_path, {"host": "any host"}) if {
	_judged
	object.get(input.resource.spec, "tls", null) in [null, []]
}

violation contains finding.at(0, ["spec", "rules", index, "host"], {"host": rule.host}) if {
	_judged
	data.parameters["AKSC-D6-01"].requireHostCoverage
	count(_entries) > 0
	some index, rule in input.resource.spec.rules
	is_string(rule.host)
	rule.host != ""
	not _covered(rule.host)
}

default _tls_path := ["spec"]

_tls_path := ["spec", "tls"] if "tls" in object.keys(input.resource.spec)

_entries := ingress.tls_entries(input.resource)

_covered(host) if {
	some entry in _entries
	ingress.covers(entry, host)
}

_judged if {
	not _solver
	not _certificate_elsewhere
}

# The object that proves to a certificate authority who owns the host has to answer without TLS.
_solver if input.resource.metadata.labels["acme.cert-manager.io/http01-solver"] == "true"

_certificate_elsewhere if {
	some annotation in data.parameters["AKSC-D6-01"].certificateAnnotations
	ingress.annotated(input.resource, annotation)
}

subject contains 0 if not _solver

undecided contains finding.unknown(0, [], "spec as an object") if not is_object(object.get(input.resource, "spec", null))

undecided contains finding.unknown(0, ["spec", field], concat(" ", [field, "as a list"])) if {
	some field in ["tls", "rules"]
	found := object.get(input.resource.spec, field, null)
	found != null
	not is_array(found)
}
