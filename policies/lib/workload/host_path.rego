package lib.workload

# METADATA
# description: |
#   The volumes of the resource that show a directory of the node: volume (name), path, raw (as written) and clean
#   (without empty, `.` and `..` segments; no slash at the end).
host_paths := [found |
	is_array(pod_spec.volumes)
	some index, volume in pod_spec.volumes
	raw := volume.hostPath.path
	is_string(raw)
	found := {
		"volume": object.get(volume, "name", format_int(index, 10)),
		"path": array.concat(pod_path, ["volumes", index, "hostPath", "path"]),
		"raw": raw,
		"clean": clean_path(raw),
	}
]

# METADATA
# description: A path without empty, `.` and `..` segments, and without a slash at the end. Windows paths get forward slashes and small letters.
clean_path(raw) := concat("/", array.concat([_root(path)], _segments(path))) if {
	path := _slashed(raw)
	count(_segments(path)) > 0
}

clean_path(raw) := concat("", [_root(path), "/"]) if {
	path := _slashed(raw)
	count(_segments(path)) == 0
}

_slashed(raw) := raw if startswith(raw, "/")

_slashed(raw) := lower(replace(raw, "\\", "/")) if not startswith(raw, "/")

# A drive, or nothing.
_root(path) := split(path, "/")[0]

# `..` takes away the segment before it. One survives if after it there never are more `..` than names.
_segments(path) := [segment |
	parts := [part | some index, part in split(path, "/"); index > 0; not part in {"", "."}]
	some index, segment in parts
	segment != ".."
	not _taken_away(parts, index)
]

_taken_away(parts, index) if {
	".." in parts
	some last in numbers.range(index + 1, count(parts) - 1)
	last > index
	after := array.slice(parts, index + 1, last + 1)
	count([part | some part in after; part == ".."]) > count([part | some part in after; part != ".."])
}

# METADATA
# description: Holds where a clean path equals a directory or lies under it. Under `/` lies everything.
within("/", _) := true

within(directory, path) if path == directory

within(directory, path) if startswith(path, concat("", [directory, "/"]))
