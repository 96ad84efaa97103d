# METADATA
# title: TLS certificates in Secrets are valid and not close to their end
# description: |
#   An expired certificate stops every client that checks it, all at once. What is close to its end has missed its
#   renewal, and there still is time to find out why.
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/configuration/secret/#tls-secrets
#   - ref: https://learn.microsoft.com/azure/aks/certificate-rotation
# custom:
#   id: AKSC-O2-01
#   item: O2
#   severity: high
#   kinds: [Secret]
#   parameters:
#     excludedNamespaces: aks
#     warnDays: 30
#     criticalDays: 7
#     alsoKeys: ["ca.crt", "ca-cert.pem", "root-cert.pem"]
#     warnLifetimeFraction: 0.25
#   args: {key: string, subject: string, state: string, date: string}
#   folds: ["AKSC-O2-04"]
#   message: "The certificate for {subject} in {key} of {kind} {name} {state} {date}"
#   remediation: >-
#     Renew the certificate in {key} of {name}. Let cert-manager or the Key Vault integration of application routing
#     do it from now on, and find out why the last renewal failed.
package controls.o2.expiring_tls_certificate

import data.lib.certificate
import data.lib.clock
import data.lib.finding

violation contains finding.rated(0, entry.path, args, severity) if {
	some entry in _certificates
	[state, date, severity] := _fault(entry.validity)
	args := {"key": entry.key, "subject": entry.validity.subject, "state": state, "date": date}
}

_fault(validity) := ["expired on", validity.not_after, "critical"] if {
	validity.not_after_ns < clock.now_ns
} else := ["is not valid before", validity.not_before, "high"] if {
	validity.not_before_ns > clock.now_ns
} else := ["expires on", validity.not_after, "high"] if {
	_within(validity, "criticalDays")
} else := ["expires on", validity.not_after, "medium"] if {
	_within(validity, "warnDays")
}

# Short-lived certificates are renewed late by design, so a limit is at most a part of the lifetime.
_within(validity, limit) if {
	lifetime := validity.not_after_ns - validity.not_before_ns
	days := clock.days(data.parameters["AKSC-O2-01"][limit])
	part := lifetime * data.parameters["AKSC-O2-01"].warnLifetimeFraction
	validity.not_after_ns - clock.now_ns <= min([days, part])
}

_certificates := [entry |
	some key, text in _texts
	some block in certificate.blocks(text)
	entry := {"key": key, "path": _path(key), "validity": certificate.validity(block)}
]

_texts := {key: text |
	some key, text in certificate.texts(input.resource)
	_judged(key)
}

_judged("tls.crt") if _is_tls

_judged(key) if key in data.parameters["AKSC-O2-01"].alsoKeys

_is_tls if input.resource.type == "kubernetes.io/tls"

_path(key) := ["stringData", key] if {
	is_string(input.resource.stringData[key])
} else := ["data", key]

subject contains 0 if _is_tls

subject contains 0 if count(_texts) > 0

undecided contains finding.unknown(0, entry.path, clock.missing) if {
	not clock.now_ns
	some entry in _certificates
}

undecided contains finding.unknown(0, _path(key), "a certificate that can be read") if {
	some key, text in _texts
	some block in certificate.blocks(text)
	not certificate.validity(block)
}

undecided contains finding.unknown(0, [], "a certificate at tls.crt") if {
	_is_tls
	not _has_certificate("tls.crt")
}

# An issuer that hands out no chain leaves these empty.
undecided contains finding.unknown(0, _path(key), concat(" ", ["a certificate at", key])) if {
	some key, text in _texts
	key != "tls.crt"
	trim_space(text) != ""
	not _has_certificate(key)
}

_has_certificate(key) if count(certificate.blocks(_texts[key])) > 0
