package lib.certificate_test

import data.lib.certificate

_certificate := `-----BEGIN CERTIFICATE-----
MIIBHjCBxQICEAEwCgYIKoZIzj0EAwIwGzEZMBcGA1UEAwwQc2hvcC5jb250b3Nv
LmNvbTAeFw0yNjAxMDEwMDAwMDBaFw0yNzAxMDEwMDAwMDBaMBsxGTAXBgNVBAMM
EHNob3AuY29udG9zby5jb20wWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAS8WqSS
TSBY2whOgdTT8M/WR27MNc8IndP9mTeGZZo6MMfIiB+ej6P+qUd4hrODKeqva9LQ
UCVbowkAJCDCbPhKMAoGCCqGSM49BAMCA0gAMEUCIQCGf+zOSYds+pQ4YUrAaTYF
edLZDUhJtKjCQMYKWSzj1QIgETsQ97SnZ6QBikVo0+flWnLDoA8fp0ivTwocJV+g
TbM=
-----END CERTIFICATE-----
`

test_blocks_are_found_between_other_text if {
	text := concat("", ["subject=a\n", _certificate, "\n# next\n", _certificate, "-----BEGIN PRIVATE KEY-----\n"])
	count(certificate.blocks(text)) == 2
	certificate.blocks("") == []
}

test_validity if {
	certificate.validity(certificate.blocks(_certificate)[0]) == {
		"subject": "shop.contoso.com",
		"not_before": "2026-01-01T00:00:00Z",
		"not_after": "2027-01-01T00:00:00Z",
		"not_before_ns": 1767225600000000000,
		"not_after_ns": 1798761600000000000,
	}
}

test_texts_prefer_string_data if {
	secret := {"data": {"a": "eA==", "b": "eQ==", "c": "%"}, "stringData": {"b": "z"}}
	certificate.texts(secret) == {"a": "x", "b": "z"}
	certificate.texts({"data": null}) == {}
}
