# METADATA
# title: Outcomes of the selected controls
# description: |
#   One row for each control in input.controls, in that order: violations, undecided, subjects. A control that does
#   not define a set has an empty list there. Rows are small arrays, which the runtime reads faster than objects.
package report

# METADATA
# description: |
#   Many resource units may come in one call as input.resources; the answer is then a list, one entry a resource. A control
#   sees each alone, as input.resource. One call for many is several times faster: patterns are compiled once.
# entrypoint: true
outcomes := _unit if not input.resources

outcomes := [unit |
	some resource in input.resources
	unit := _unit with input.resource as resource
] if {
	input.resources
}

_unit := [outcome |
	some [item, name] in input.controls
	outcome := [
		[row | some row in data.controls[item][name].violation],
		[row | some row in data.controls[item][name].undecided],
		[ref | some ref in data.controls[item][name].subject],
	]
]
