package lib.attestation_test

import data.lib.attestation

_given(resources) := {"unit": "cluster", "kinds": {"Attestation": rows}} if {
	rows := [{"ref": index, "resource": resource} | some index, resource in resources]
}

_good := {"control": "X-1", "answer": "yes", "by": "Ada", "on": "2026-03-01", "until": "2026-12-31"}

_now := {"now": "2026-05-01T00:00:00Z"}

_found(resource, days) := [[path, args.reason] | some [_, path, args] in rows] if {
	rows := attestation.violations("X-1", days) with input as _given([resource]) with data.snapshot as _now
}

test_good if {
	_found(_good, 365) == []
	attestation.undecided("X-1", 365) == [] with input as _given([_good]) with data.snapshot as _now
	attestation.subjects("X-1", 365) == [0] with input as _given([_good]) with data.snapshot as _now
	attestation.affirmed("X-1", 365) with input as _given([_good]) with data.snapshot as _now
}

test_none_is_unknown_unless_all_are_given if {
	attestation.violations("X-1", null) == [] with input as _given([])
	attestation.undecided("X-1", null) == [[-1, [], "an Attestation for X-1"]] with input as _given([])
	attestation.violations("X-1", null) == [[-1, [], {"reason": "no attestation is given"}]] with input as _given([])
		with data.snapshot.complete.Attestation as true
	attestation.undecided("X-1", null) == [] with input as _given([]) with data.snapshot.complete.Attestation as true
	attestation.subjects("X-1", null) == [-1] with input as _given([])
}

test_no if _found(object.union(_good, {"answer": "no", "until": "2026-01-01"}), 365) == [[["answer"], "the answer is no"]]

test_odd_answers[answer] if {
	some answer in ["perhaps", true, 7, null, {}]
	[[["answer"], _]] = _found(object.union(_good, {"answer": answer}), 365)
}

test_nobody_and_no_day if {
	count(_found(object.union(_good, {"by": " ", "on": null}), 365)) == 2
	_found(object.remove(_good, ["by"]), 365) == [[[], "it does not say by whom"]]
}

test_ended if _found(object.union(_good, {"until": "2026-04-30"}), 365) == [[["until"], "it ended on 2026-04-30"]]

test_holds_on_its_last_day if _found(object.union(_good, {"until": "2026-05-01"}), 365) == []

test_unreadable_end if _found(object.union(_good, {"until": "soon"}), 365) == [[["until"], "its last day cannot be read"]]

test_too_old if {
	_found(_good, 30) == [[["on"], "it was made on 2026-03-01, more than 30 days ago"]]
	_found(object.union(_good, {"on": "2020-03-01"}), null) == []
}

test_without_a_clock if {
	attestation.violations("X-1", 365) == [] with input as _given([_good])
	rows := attestation.undecided("X-1", 365) with input as _given([_good])
	[path | some [_, path, _] in rows] == [["until"], ["on"]]
	attestation.undecided("X-1", null) == [] with input as _given([object.remove(_good, ["until"])])
}

test_without_a_clock_a_no_is_a_no if {
	no := object.union(_good, {"answer": "no"})
	count(attestation.violations("X-1", 365)) == 1 with input as _given([no])
	attestation.undecided("X-1", 365) == [] with input as _given([no])
}

test_not_applicable if {
	exempt := object.union(_good, {"answer": "not-applicable"})
	attestation.subjects("X-1", 365) == [] with input as _given([exempt]) with data.snapshot as _now
	attestation.subjects("X-1", 30) == [0] with input as _given([exempt]) with data.snapshot as _now
	not attestation.affirmed("X-1", 365) with input as _given([exempt]) with data.snapshot as _now
}

test_the_latest_counts if {
	earlier := object.union(_good, {"on": "2025-01-01", "answer": "no"})
	other := object.union(_good, {"control": "X-2", "answer": "no"})
	rows := [earlier, _good, other]
	attestation.record("X-1").ref == 1 with input as _given(rows)
}
