# METADATA
# title: The resources of a namespace or cluster unit
package lib.unit

# METADATA
# description: The resources by their ref, as input.byName and input.byNamespace give it.
resources := {entry.ref: entry.resource |
	some entries in input.kinds
	some entry in entries
}
