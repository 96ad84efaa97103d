# METADATA
# title: Attestations
# description: |
#   Statements by people about what no manifest shows. Controls about them share what makes one worthless: a no, nobody
#   who says it, no date, an end that has passed, too great an age. Each violation's args are `{reason: string}`.
package lib.attestation

import data.lib.clock
import data.lib.finding

# METADATA
# description: The attestation that counts for a control, as ref and resource, the latest of several. Undefined where there is none.
record(id) := rows[latest[1]] if {
	rows := [row | some row in object.get(input.kinds, "Attestation", []); row.resource.control == id]
	latest := max([[object.get(row.resource, "on", ""), index] | some index, row in rows])
}

# METADATA
# description: |
#   The violations of a control by its attestation. Older than max_age_days is too old; null means no limit. That there
#   is none is a violation where all attestations are given.
violations(id, max_age_days) := [finding.at(row.ref, path, {"reason": reason}) |
	some [path, reason] in _faults(row.resource, max_age_days)
] if {
	row := record(id)
} else := [finding.at(-1, [], {"reason": "no attestation is given"})] if {
	data.snapshot.complete.Attestation
} else := []

# METADATA
# description: Why the control cannot be judged by its attestation.
undecided(id, max_age_days) := [finding.unknown(row.ref, [field], clock.missing) |
	not clock.now_ns
	count(_faults(row.resource, max_age_days)) == 0
	some field in _dated_fields(row.resource, max_age_days)
] if {
	row := record(id)
} else := [] if {
	data.snapshot.complete.Attestation
} else := [finding.unknown(-1, [], concat(" ", ["an Attestation for", id]))]

# METADATA
# description: What the control applies to. An attestation that it does not apply, and that holds, leaves nothing.
subjects(id, max_age_days) := [row.ref |
	not _exempts(row.resource, max_age_days)
] if {
	row := record(id)
} else := [-1]

# METADATA
# description: Holds where the attestation of a control says yes and nothing is wrong with it.
affirmed(id, max_age_days) if {
	row := record(id)
	row.resource.answer == "yes"
	count(_faults(row.resource, max_age_days)) == 0
}

# METADATA
# description: A member of the attestation's evidence, null where evidence is no object or lacks it.
evidence(resource, key) := object.get(resource, ["evidence", key], null)

_exempts(resource, max_age_days) if {
	resource.answer == "not-applicable"
	count(_faults(resource, max_age_days)) == 0
}

# Pairs of the place and what is wrong there. After a no nothing else matters.
_faults(resource, max_age_days) := [[["answer"], "the answer is no"]] if {
	resource.answer == "no"
} else := [[_closest(resource, "answer"), "the answer is not one of yes, no and not-applicable"]] if {
	not resource.answer in {"yes", "not-applicable"}
} else := array.flatten([
	[[_closest(resource, "by"), "it does not say by whom"] | not _named(resource)],
	[[_closest(resource, "on"), "it does not say on which day"] | not clock.date_ns(object.get(resource, "on", null))],
	[[["until"], "its last day cannot be read"] | _until(resource) != null; not clock.end_ns(_until(resource))],
	[[["until"], concat(" ", ["it ended on", _until(resource)])] | clock.now_ns >= clock.end_ns(_until(resource))],
	[[["on"], reason] |
		is_number(max_age_days)
		clock.now_ns >= clock.end_ns(resource.on) + clock.days(max_age_days)
		reason := sprintf("it was made on %v, more than %v days ago", [resource.on, max_age_days])
	],
])

_until(resource) := object.get(resource, "until", null)

_named(resource) if {
	is_string(resource.by)
	trim_space(resource.by) != ""
}

_closest(resource, field) := [field] if field in object.keys(resource)

_closest(resource, field) := [] if not field in object.keys(resource)

_dated_fields(resource, max_age_days) := array.concat(
	["until" | _until(resource) != null],
	["on" | is_number(max_age_days)],
)
