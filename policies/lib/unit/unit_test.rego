package lib.unit_test

import data.lib.unit

test_resources_stand_under_their_refs if {
	unit.resources == {0: {"a": 1}, 1: {"b": 2}} with input as {"kinds": {
		"Pod": [{"ref": 1, "resource": {"b": 2}}],
		"Secret": [{"ref": 0, "resource": {"a": 1}}],
	}}
}

test_nothing_without_kinds if {
	unit.resources == {} with input as {}
}
