# METADATA
# title: What is published through an application gateway has a WAF policy
# description: |
#   The gateway can inspect requests, but does so only where a policy tells it what to block. Without one it passes
#   injections and known exploits on to the pods.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/application-gateway/ingress-controller-annotations
#   - ref: https://learn.microsoft.com/azure/application-gateway/for-containers/web-application-firewall
# custom:
#   id: AKSC-D6-04
#   item: D6
#   severity: high
#   unit: cluster
#   kinds: [Ingress, Gateway, HTTPRoute, WebApplicationFirewallPolicy, IngressClass, GatewayClass, "Microsoft.Network/applicationGateways", "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies", "Microsoft.ContainerService/managedClusters"]
#   reads:
#     Ingress: ["metadata.annotations", "spec.ingressClassName"]
#     Gateway: ["spec.gatewayClassName", "spec.listeners.name"]
#     HTTPRoute: ["spec.parentRefs"]
#     WebApplicationFirewallPolicy: [spec]
#     IngressClass: ["metadata.annotations", "spec.controller"]
#     GatewayClass: ["spec.controllerName"]
#     "Microsoft.Network/applicationGateways":
#       - "properties.firewallPolicy"
#       - "properties.webApplicationFirewallConfiguration"
#     "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies": ["properties.policySettings"]
#     "Microsoft.ContainerService/managedClusters": ["properties.addonProfiles"]
#   needs: [WebApplicationFirewallPolicy]
#   parameters:
#     excludedNamespaces: aks
#     acceptGatewayWidePolicy: true
#   args: {reason: string}
#   message: "No WAF policy inspects what {kind} {name} lets in: {reason}"
#   remediation: >-
#     Attach a WAF policy in prevention mode: on the application gateway itself, by the annotation
#     `appgw.ingress.kubernetes.io/waf-policy-for-path`, or for Application Gateway for Containers by a
#     WebApplicationFirewallPolicy whose targetRef is the Gateway.
package controls.d6.ingress_without_waf_policy

import data.lib.finding
import data.lib.ingress

# An Ingress of the application gateway, where neither its own annotation nor the gateway names a policy that blocks.
violation contains finding.observed(finding.at(entry.ref, _annotations_path(entry.resource), {"reason": reason})) if {
	some entry in _judged
	entry.controller == ingress.application_gateway
	not _annotated(entry.resource)
	reason := _open_gateway
}

violation contains finding.observed(finding.at(entry.ref, path, {"reason": "its annotation is no id of a WAF policy"})) if {
	some entry in _judged
	entry.controller == ingress.application_gateway
	_annotated(entry.resource)
	not ingress.is_firewall_id(entry.resource.metadata.annotations[_annotation])
	path := ["metadata", "annotations", _annotation]
}

violation contains finding.observed(finding.at(entry.ref, ["spec"], {"reason": reason})) if {
	some entry in _judged
	entry.controller == ingress.gateway_for_containers
	reason := "a policy of Application Gateway for Containers covers Gateways and routes only"
}

# The Gateway stands for its routes: one policy on it covers them all.
violation contains finding.at(entry.ref, ["spec", "gatewayClassName"], {"reason": reason}) if {
	some entry in _gateways
	routes := ingress.uncovered_routes(entry.resource)
	count(routes) > 0
	reason := concat(" ", ["open are the routes", concat(", ", routes)])
}

_annotation := "appgw.ingress.kubernetes.io/waf-policy-for-path"

_annotated(resource) if ingress.annotated(resource, _annotation)

_annotations_path(resource) := ["metadata", "annotations"] if {
	resource.metadata.annotations
} else := ["metadata"]

_open_gateway := "no annotation names one, and a policy of the whole gateway is not accepted" if {
	not data.parameters["AKSC-D6-04"].acceptGatewayWidePolicy
} else := "no annotation names one, and the application gateway blocks nothing" if {
	ingress.gateway_wide == "lets pass"
}

undecided contains finding.unknown(entry.ref, _annotations_path(entry.resource), "the WAF policy of the application gateway") if {
	data.parameters["AKSC-D6-04"].acceptGatewayWidePolicy
	some entry in _judged
	entry.controller == ingress.application_gateway
	not _annotated(entry.resource)
	not ingress.gateway_wide
}

_judged := [{"ref": entry.ref, "resource": entry.resource, "controller": controller} |
	some entry in input.kinds.Ingress
	controller := ingress.controller_of(entry.resource)
	controller in [ingress.application_gateway, ingress.gateway_for_containers]
	not _private(entry.resource)
]

_private(resource) if resource.metadata.annotations["appgw.ingress.kubernetes.io/use-private-ip"] == "true"

_gateways := [entry |
	some entry in input.kinds.Gateway
	ingress.gateway_controller_of(entry.resource) == ingress.gateway_for_containers
]

subject contains entry.ref if some entry in _judged

subject contains entry.ref if some entry in _gateways
