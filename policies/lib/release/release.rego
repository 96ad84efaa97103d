# METADATA
# title: The Kubernetes release
# description: Compares minor releases, for rules that hold from one on.
package lib.release

# METADATA
# description: |
#   Holds where the cluster runs a release (such as "1.35") or a later one, or where its release is not known: then the newest is assumed.
at_least(_) if not data.snapshot.kubernetesVersion

at_least(release) if _number(data.snapshot.kubernetesVersion) >= _number(release)

_number(version) := (to_number(major) * 1000) + to_number(minor) if {
	[major, minor] := array.slice(split(trim_prefix(version, "v"), "."), 0, 2)
}
