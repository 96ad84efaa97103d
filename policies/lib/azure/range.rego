package lib.azure

# METADATA
# description: |
#   An address range as text, `203.0.113.0/24`; a single address is the range of itself. Undefined for another text.
range(text) := concat("", [text, _single(text)]) if {
	is_string(text)
	some pattern in [_ipv4, _ipv6]
	regex.match(pattern, text)
}

# Written out, because the compiled net builtins take malformed texts too.
_ipv4 := `^((25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(/(3[0-2]|[12]?\d))?$`

_ipv6 := `^([0-9a-fA-F]{0,4}:){2,7}[0-9a-fA-F]{0,4}(/(12[0-8]|1[01]\d|[1-9]?\d))?$`

_single(text) := "" if {
	contains(text, "/")
} else := "/128" if {
	contains(text, ":")
} else := "/32"

# METADATA
# description: Holds where ranges together are all of IPv4, or all of IPv6.
covers_all(texts) if _whole([range(text) | some text in texts; not contains(text, ":")], 32)

covers_all(texts) if _whole([range(text) | some text in texts; contains(text, ":")], 128)

_whole(ranges, width) if {
	sizes := [bits.lsh(1, width - _length(ranges[index])) | some index, _ in ranges; not _within_another(ranges, index)]
	sum(sizes) == bits.lsh(1, width)
}

_length(text) := to_number(split(text, "/")[1])

# Of two equal ranges the first counts. Others are nested or apart, never overlapping.
_within_another(ranges, index) if {
	some other, candidate in ranges
	other != index
	net.cidr_contains(candidate, ranges[index])
	not _later_equal(ranges, index, other)
}

_later_equal(ranges, index, other) if {
	index < other
	net.cidr_contains(ranges[index], ranges[other])
}
