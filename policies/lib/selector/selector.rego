# METADATA
# title: Label selectors
# description: Whether labels satisfy matchLabels and matchExpressions. An empty or absent selector selects all.
package lib.selector

# METADATA
# description: Holds where labels satisfy a selector. A selector of the wrong type selects nothing.
matches(null, _) := true

matches(selector, labels) if {
	is_object(selector)
	_labels_match(object.get(selector, "matchLabels", {}), labels)
	_expressions_match(object.get(selector, "matchExpressions", []), labels)
}

# METADATA
# description: Holds for a selector that selects everything.
selects_all(null) := true

selects_all(selector) if {
	is_object(selector)
	object.get(selector, "matchLabels", null) in [null, {}]
	object.get(selector, "matchExpressions", null) in [null, []]
}

_labels_match(null, _) := true

_labels_match(wanted, labels) if {
	is_object(wanted)
	every key, value in wanted {
		labels[key] == value
	}
}

_expressions_match(null, _) := true

_expressions_match(expressions, labels) if {
	is_array(expressions)
	every expression in expressions {
		_holds(lower(expression.operator), expression, labels)
	}
}

_holds("in", expression, labels) if _listed(expression, labels)

# An absent key satisfies NotIn.
_holds("notin", expression, labels) if not _listed(expression, labels)

_holds("exists", expression, labels) if expression.key in object.keys(labels)

_holds("doesnotexist", expression, labels) if not expression.key in object.keys(labels)

_listed(expression, labels) if labels[expression.key] in expression.values
