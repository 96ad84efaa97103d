# METADATA
# title: The rows a control gives
# description: |
#   The only constructors of violations and of undecided cases. A ref is a position in the unit, -1 is the cluster;
#   a path is the narrowest existing field, or its closest parent; args fill the control's message.
package lib.finding

# METADATA
# description: A violation of the control at a path of a resource, with the control's own severity.
at(ref, path, args) := [ref, path, args]

# METADATA
# description: A violation whose severity (critical, high, medium or low) depends on what was found.
rated(ref, path, args, severity) := [ref, path, args, severity]

# METADATA
# description: |
#   Marks a violation that stands whatever was not collected, because what it found is itself in the input.
#   Only a control with `needs` has a use for it.
observed([ref, path, args]) := [ref, path, args, "", true]

observed([ref, path, args, severity]) := [ref, path, args, severity, true]

# METADATA
# description: The resource cannot be judged; missing is a short phrase naming what was not given.
unknown(ref, path, missing) := [ref, path, missing]
