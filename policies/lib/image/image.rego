# METADATA
# title: Image references
# description: What a reference such as `contoso.azurecr.io/shop/web:2.1@sha256:...` names.
package lib.image

# METADATA
# description: |
#   The parts of a reference: registry, repository, tag and digest, the last two "" where absent. A reference without a
#   registry is one of docker.io, there without a namespace one of library. Undefined for what is no reference.
parse(reference) := {
	"registry": registry,
	"repository": _repository(registry, rest),
	"tag": tag,
	"digest": digest,
} if {
	is_string(reference)
	[name, digest] := _cut(trim_space(reference), "@")
	segments := split(name, "/")
	last := count(segments) - 1
	[base, tag] := _cut(segments[last], ":")
	base != ""
	path := array.concat(array.slice(segments, 0, last), [base])
	[registry, rest] := _registry(path)
}

# The first segment is a registry only if it cannot be the name of an account there.
_registry(path) := [_canonical(lower(path[0])), array.slice(path, 1, count(path))] if {
	count(path) > 1
	_is_host(path[0])
} else := ["docker.io", path]

_is_host("localhost")

_is_host(segment) if contains(segment, ".")

_is_host(segment) if contains(segment, ":")

_canonical("index.docker.io") := "docker.io"

_canonical("registry-1.docker.io") := "docker.io"

_canonical(registry) := registry if not registry in {"index.docker.io", "registry-1.docker.io"}

_repository("docker.io", path) := concat("/", ["library", path[0]]) if count(path) == 1

_repository(registry, path) := concat("/", path) if not _official(registry, path)

_official("docker.io", path) if count(path) == 1

_cut(text, separator) := [text, ""] if not contains(text, separator)

_cut(text, separator) := [substring(text, 0, at), substring(text, at + 1, -1)] if {
	at := indexof(text, separator)
	at >= 0
}

# METADATA
# description: Holds where a list has the whole reference, or its beginning followed by `*`.
listed(reference, patterns) if {
	some pattern in patterns
	_listed(reference, pattern)
}

_listed(reference, pattern) if reference == pattern

_listed(reference, pattern) if {
	endswith(pattern, "*")
	startswith(reference, substring(pattern, 0, count(pattern) - 1))
}

# METADATA
# description: |
#   Holds where registry and repository of a parsed reference fit a pattern such as `contoso.azurecr.io/shop/*`. In the
#   registry `*` stands for one label of the host name, in the repository for anything. A pattern that names no
#   repository allows the whole registry.
fits(parsed, pattern) if {
	[registry, repository] := _cut(pattern, "/")
	_host_fits(parsed.registry, lower(registry))
	_repository_fits(parsed.repository, repository)
}

_host_fits(host, pattern) if host == pattern

_host_fits(host, pattern) if {
	contains(pattern, "*")
	glob.match(pattern, ["."], host)
}

_repository_fits(_, "")

_repository_fits(_, "*")

_repository_fits(repository, pattern) if _listed(repository, pattern)

_repository_fits(repository, pattern) if {
	contains(trim_suffix(pattern, "*"), "*")
	glob.match(pattern, null, repository)
}
