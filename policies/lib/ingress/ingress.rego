# METADATA
# title: Ingress hosts and classes
# description: Which hosts an Ingress serves and covers with TLS, and which class serves it.
package lib.ingress

# METADATA
# description: The entries of `spec.tls`; an empty list where there are none.
tls_entries(resource) := entries if {
	entries := resource.spec.tls
	is_array(entries)
} else := []

# METADATA
# description: Holds where an entry of `spec.tls` covers a host. An entry without hosts covers all.
covers(entry, _) if object.get(entry, "hosts", null) in [null, []]

covers(entry, host) if {
	some pattern in entry.hosts
	host_fits(pattern, host)
}

# METADATA
# description: Holds where a host pattern admits a host. `*.` stands for exactly one label.
host_fits(pattern, host) if lower(pattern) == lower(host)

host_fits(pattern, host) if {
	startswith(pattern, "*.")
	at := indexof(host, ".")
	at > 0
	lower(substring(pattern, 1, -1)) == lower(substring(host, at, -1))
}

# METADATA
# description: The class that an Ingress names, in its field or the older annotation. Undefined where it names none.
class_of(resource) := resource.spec.ingressClassName if {
	is_string(resource.spec.ingressClassName)
} else := resource.metadata.annotations["kubernetes.io/ingress.class"]

# METADATA
# description: Holds where an annotation of a resource is set to other than the empty string.
annotated(resource, annotation) if {
	is_string(resource.metadata.annotations[annotation])
	resource.metadata.annotations[annotation] != ""
}
