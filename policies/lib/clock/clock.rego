# METADATA
# title: The time of the input
# description: |
#   When the input was collected, or the time given for it. There is no other clock: where it is absent, what depends on
#   time is undecided.
package lib.clock

# METADATA
# description: Nanoseconds since 1970 at the time of the input; undefined where no time is known.
now_ns := time.parse_rfc3339_ns(data.snapshot.now)

# METADATA
# description: What an undecided case names as missing where no time is known.
missing := "the time of the input (give --now)"

# METADATA
# description: The nanoseconds of a number of days.
days(number) := (((number * 24) * 3600) * 1000) * 1000000

# METADATA
# description: The instant at which a day (`2026-05-01`) begins, or the instant (RFC 3339) itself. Undefined for another text.
date_ns(text) := time.parse_rfc3339_ns(concat("", [text, "T00:00:00Z"])) if _is_day(text)

date_ns(text) := time.parse_rfc3339_ns(text) if {
	is_string(text)
	regex.match(`^\d{4}-\d{2}-\d{2}T`, text)
}

# METADATA
# description: The instant at which a day is over, or the instant itself. Undefined for another text.
end_ns(text) := date_ns(text) + days(1) if _is_day(text)

end_ns(text) := date_ns(text) if not _is_day(text)

_is_day(text) if {
	is_string(text)
	regex.match(`^\d{4}-\d{2}-\d{2}$`, text)
}
