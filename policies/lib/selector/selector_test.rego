package lib.selector_test

import data.lib.selector

_expression(key, operator, values) := {"matchExpressions": [{"key": key, "operator": operator, "values": values}]}

test_empty_selects_all if {
	selector.matches({}, {})
	selector.matches(null, {"a": "b"})
	selector.selects_all({})
	selector.selects_all({"matchLabels": {}, "matchExpressions": null})
	not selector.selects_all({"matchLabels": {"a": "b"}})
	not selector.selects_all("x")
}

test_labels if {
	selector.matches({"matchLabels": {"a": "b"}}, {"a": "b", "c": "d"})
	not selector.matches({"matchLabels": {"a": "b"}}, {"a": "x"})
	not selector.matches({"matchLabels": {"a": "b"}}, {})
	not selector.matches({"matchLabels": ["a"]}, {"a": "b"})
}

test_expressions if {
	selector.matches(_expression("a", "In", ["x", "y"]), {"a": "y"})
	not selector.matches(_expression("a", "In", ["x"]), {})
	selector.matches(_expression("a", "NotIn", ["x"]), {})
	not selector.matches(_expression("a", "NotIn", ["x"]), {"a": "x"})
	selector.matches(_expression("a", "Exists", []), {"a": ""})
	not selector.matches(_expression("a", "Exists", []), {"b": ""})
	selector.matches(_expression("a", "DoesNotExist", []), {"b": ""})
	not selector.matches(_expression("a", "DoesNotExist", []), {"a": ""})
	not selector.matches(_expression("a", "Gt", ["1"]), {"a": "2"})
}

test_both_must_hold if {
	both := object.union({"matchLabels": {"a": "x"}}, _expression("b", "Exists", []))
	selector.matches(both, {"a": "x", "b": ""})
	not selector.matches(both, {"a": "x"})
}
