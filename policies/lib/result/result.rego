# METADATA
# title: Results of foreign rules
# description: |
#   What rules written for Gatekeeper or Conftest give, a text or an object with msg, as the rows of a control.
package lib.result

# METADATA
# description: |
#   The row of a result: message and details as args; its severity, where it says one; the path that it names in the resource.
#   It is undefined where there is no message.
row(ref, resource, result) := [ref, _place(resource, result), {"msg": result, "details": {}}] if is_string(result)

row(ref, resource, result) := [ref, _place(resource, result), {"msg": result.msg, "details": details}] if {
	is_string(result.msg)
	not _severity(result)
	details := _details(result)
}

row(ref, resource, result) := [ref, _place(resource, result), {"msg": result.msg, "details": details}, severity] if {
	is_string(result.msg)
	severity := _severity(result)
	details := _details(result)
}

# METADATA
# description: Holds for a result from which no row can be made.
unreadable(result) if not _has_message(result)

_has_message(result) if is_string(result)

_has_message(result) if is_string(result.msg)

# METADATA
# description: What is missing where a result is unreadable.
no_message := "a message (msg) in what the rule gives"

_details(result) := details if {
	details := object.get(result, "details", {})
	is_object(details)
} else := {"details": result.details}

_severity(result) := severity if {
	severity := lower(result.severity)
	severity in {"critical", "high", "medium", "low"}
}

# The path that a result names, where it leads into the resource; else the resource itself.
_place(resource, result) := paths[0] if {
	paths := [path |
		some named in [
			object.get(result, ["details", "path"], null),
			object.get(result, ["details", "field"], null),
			object.get(result, "path", null),
			object.get(result, "field", null),
		]
		path := _path(named)
		path[0] in object.keys(resource)
	]
} else := []

_path(named) := named if {
	is_array(named)
	every segment in named {
		_is_segment(segment)
	}
}

_path(named) := [_unquoted(found[0]) |
	some found in regex.find_all_string_submatch_n(`"[^"]*"|'[^']*'|[^.\[\]'"/$]+`, named, -1)
] if {
	is_string(named)
}

_is_segment(segment) if is_string(segment)

_is_segment(segment) if {
	is_number(segment)
	segment >= 0
	floor(segment) == segment
}

_unquoted(text) := to_number(text) if regex.match(`^(0|[1-9][0-9]*)$`, text)

_unquoted(text) := trim(text, `"'`) if not regex.match(`^(0|[1-9][0-9]*)$`, text)
