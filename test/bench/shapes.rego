package shapes

# METADATA
# description: Many objects read, few found.
# entrypoint: true
large_input contains name if {
	some deployment in input.items
	some container in deployment.spec.template.spec.containers
	container.securityContext.privileged == true
	name := deployment.metadata.name
}

# METADATA
# description: What is judged per call in an admission hook.
# entrypoint: true
small_input contains reason if {
	some container in input.spec.template.spec.containers
	not container.resources.limits.memory
	reason := {"container": container.name, "missing": "memory"}
}

# METADATA
# description: A finding for each of many, as objects in an array.
# entrypoint: true
large_result := [found |
	some i, deployment in input.items
	found := {"ref": i, "name": deployment.metadata.name, "path": ["spec", "template", "spec"], "labels": deployment.metadata.labels}
]

# METADATA
# description: The same as a partial set, which is how rules usually find.
# entrypoint: true
large_set contains found if {
	some i, deployment in input.items
	found := {"ref": i, "name": deployment.metadata.name, "path": ["spec", "template", "spec"], "labels": deployment.metadata.labels}
}

# METADATA
# description: The same out of next to nothing, so that the result is what takes time.
# entrypoint: true
made_result := [found |
	some i in numbers.range(1, input.n)
	found := finding(i)
]

# METADATA
# description: The same as a partial set.
# entrypoint: true
made_set contains finding(i) if some i in numbers.range(1, input.n)

finding(i) := {
	"control": "privileged-container",
	"ref": i,
	"path": ["spec", "template", "spec", "containers", 0, "securityContext", "privileged"],
	"resource": {"kind": "Deployment", "namespace": "shop", "name": concat("-", ["web", format_int(i, 10)])},
	"message": "The container runs privileged: it has every right of the node. Set privileged to false.",
}

# METADATA
# description: A builtin of the host for each of many, with short texts.
# entrypoint: true
builtin_often := count([1 |
	some i in numbers.range(1, input.n)
	sprintf("%s-%d", ["pod", i]) != ""
])

# METADATA
# description: A builtin of the host with a large argument.
# entrypoint: true
builtin_large := count([1 |
	some i in numbers.range(1, 50)
	json.is_valid(sprintf("%v%d", [input.text, i]))
])
