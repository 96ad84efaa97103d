package lib.ingress

# METADATA
# description: The controller of the Application Gateway, run by the AGIC add-on or chart.
application_gateway := "azure/application-gateway"

# METADATA
# description: The controller of Application Gateway for Containers.
gateway_for_containers := "alb.networking.azure.io/alb-controller"

# Classes that need no object of their own to be known.
_usual_controllers := {
	"azure-application-gateway": application_gateway,
	"azure/application-gateway": application_gateway,
	"azure-alb-external": gateway_for_containers,
}

# METADATA
# description: |
#   For unit namespace and cluster: the controller that serves an Ingress, by the class that it names, else by the default
#   class. Undefined where that is not known.
controller_of(resource) := _controller(class_of(resource))

controller_of(resource) := _default_controller if not class_of(resource)

_controller(class) := _declared[class]

_controller(class) := _usual_controllers[class] if not _declared[class]

_declared := {entry.resource.metadata.name: entry.resource.spec.controller | some entry in input.kinds.IngressClass}

_default_controller := min([entry.resource.spec.controller |
	some entry in input.kinds.IngressClass
	entry.resource.metadata.annotations["ingressclass.kubernetes.io/is-default-class"] == "true"
])

# METADATA
# description: As `controller_of`, for a Gateway.
gateway_controller_of(resource) := _gateway_controller(resource.spec.gatewayClassName)

_gateway_controller(class) := _declared_gateways[class]

_gateway_controller(class) := _usual_controllers[class] if not _declared_gateways[class]

_declared_gateways := {entry.resource.metadata.name: entry.resource.spec.controllerName |
	some entry in input.kinds.GatewayClass
}
