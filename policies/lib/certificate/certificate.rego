# METADATA
# title: Certificates in PEM texts
# description: |
#   What certificates say about themselves. Blocks are cut out one by one, so that comments, keys and one broken
#   certificate do not hide the others.
package lib.certificate

_begin := "-----BEGIN CERTIFICATE-----"

_end := "-----END CERTIFICATE-----"

# METADATA
# description: The PEM blocks of the certificates in a text, in its order.
blocks(text) := [concat("", [_begin, split(part, _end)[0], _end, "\n"]) |
	some index, part in split(text, _begin)
	index > 0
	contains(part, _end)
]

# METADATA
# description: |
#   The validity of a PEM block: subject (the common name, else the first DNS name, else ""), not_before and not_after
#   as the certificate has them, not_before_ns and not_after_ns in nanoseconds since 1970. Undefined for what is no
#   certificate.
validity(block) := {
	"subject": _subject(parsed),
	"not_before": parsed.NotBefore,
	"not_after": parsed.NotAfter,
	"not_before_ns": time.parse_rfc3339_ns(parsed.NotBefore),
	"not_after_ns": time.parse_rfc3339_ns(parsed.NotAfter),
} if {
	parsed := crypto.x509.parse_certificates(block)[0]
}

_subject(parsed) := parsed.Subject.CommonName if {
	parsed.Subject.CommonName != ""
} else := parsed.DNSNames[0] if {
	is_string(parsed.DNSNames[0])
} else := ""

# METADATA
# description: |
#   Texts of a Secret by key: stringData, else data with its base64 taken off. A value that is no base64 is left out.
texts(secret) := object.union(_decoded(object.get(secret, "data", null)), _plain(object.get(secret, "stringData", null)))

_decoded(values) := {key: text |
	some key, value in values
	is_string(value)
	text := base64.decode(replace(trim_space(value), "\n", ""))
}

_plain(values) := {key: value | some key, value in values; is_string(value)}
