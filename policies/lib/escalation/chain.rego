package lib.escalation

# METADATA
# description: |
#   For each subject that comes to administer the cluster in at most six steps: the shortest way there. By id, each with
#   steps (a number), chain (what it does and as whom, in turn), ref and index (the subject in the binding that gives
#   the first right).
chains := object.union_n([
	_numbered(1, _level_1),
	_numbered(2, _level_2),
	_numbered(3, _level_3),
	_numbered(4, _level_4),
	_numbered(5, _level_5),
	_numbered(6, _level_6),
])

_numbered(steps, level) := {id: object.union(found, {"steps": steps}) | some id, found in level}

_level_1 := {id: found |
	some id, all in rights
	ways := [[label, ref, index] | some ["cluster", _, label, ref, index] in all]
	count(ways) > 0
	[label, ref, index] := min(ways)
	found := {"chain": [id, label, "cluster-admin"], "ref": ref, "index": index}
}

_level_2 := _next([_level_1])

_level_3 := _next([_level_1, _level_2])

_level_4 := _next([_level_1, _level_2, _level_3])

_level_5 := _next([_level_1, _level_2, _level_3, _level_4])

_level_6 := _next([_level_1, _level_2, _level_3, _level_4, _level_5])

# The subjects that reach the last level in one step, and none before it.
_next(levels) := {id: found |
	last := levels[count(levels) - 1]
	count(last) > 0
	doors := _doors(last)
	some id, all in rights
	not _reached(levels, id)
	ways := [[target, label, ref, index] |
		some [reach, place, label, ref, index] in all
		target := _behind(doors, last, reach, place)
	]
	count(ways) > 0
	[target, label, ref, index] := min(ways)
	found := {"chain": array.concat([id, label], last[target].chain), "ref": ref, "index": index}
}

_reached(levels, id) if levels[_][id]

_behind(_, last, "one", id) := id if last[id]

_behind(doors, _, reach, place) := doors[reach][place] if reach != "one"

# For each reach and namespace one account of the level that it leads to, instead of all that it leads to.
_doors(level) := {
	"accounts": _first(_accounts, level),
	"running": _first(_running, level),
	"secrets": _first(_secret_accounts, level),
}

_first(population, level) := object.union(places, {"*": min(firsts) | count(firsts) > 0}) if {
	places := {place: min(ids) |
		some place, all in population
		ids := [id | some id in all; level[id]]
		count(ids) > 0
	}
	firsts := [id | some id in places]
}
