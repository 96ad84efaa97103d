# METADATA
# title: Application gateways in front of the cluster inspect requests with a web application firewall
# description: |
#   A gateway without a firewall tier and a policy passes on every request, attacks included. A policy on one listener
#   leaves the others bare.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/web-application-firewall/ag/ag-overview
#   - ref: https://learn.microsoft.com/azure/application-gateway/ingress-controller-overview
# custom:
#   id: AKSC-D6-AZ-02
#   item: D6
#   severity: high
#   unit: cluster
#   kinds:
#     - Microsoft.Network/applicationGateways
#     - Microsoft.ContainerService/managedClusters
#     - Microsoft.ContainerService/managedClusters/agentPools
#     - Microsoft.Network/virtualNetworks
#     - Microsoft.Network/virtualNetworks/subnets
#     - Microsoft.Network/privateDnsZones/A
#     - Service
#     - Ingress
#     - HTTPRoute
#   needs: [Microsoft.Network/applicationGateways]
#   reads:
#     Microsoft.ContainerService/managedClusters: [properties.addonProfiles, properties.networkProfile, properties.agentPoolProfiles]
#     Microsoft.ContainerService/managedClusters/agentPools: [properties.vnetSubnetID, properties.podSubnetID]
#     Microsoft.Network/virtualNetworks: [properties.subnets]
#     Microsoft.Network/virtualNetworks/subnets: [properties.addressPrefix, properties.addressPrefixes]
#     Microsoft.Network/privateDnsZones/A: [properties.aRecords]
#     Service: [status.loadBalancer.ingress.ip]
#     Ingress: [spec.rules.host]
#     HTTPRoute: [spec.hostnames]
#   parameters:
#     includePrivate: false
#     assumeAllGateways: true
#   args: {fault: string}
#   message: "Application gateway {name} inspects no requests: {fault}"
#   remediation: "Move {name} to the tier WAF_v2 and attach a firewall policy to the gateway as a whole (`az network application-gateway waf-policy create`)."
#   mappings:
#     azure-policy: [564feb30-bf6a-4854-b4bb-0d2d2d1e6c66, ff1f1879-a60d-4f23-9641-41e7391ec19a]
#     psrule: [Azure.AppGw.UseWAF, Azure.AppGw.WAFEnabled]
#     checkov: [CKV_AZURE_120]
#     mcsb: [NS-6]
package controls.d6.gateway_without_waf

import data.lib.azure
import data.lib.finding

violation contains finding.observed(finding.at(gateway.ref, path, {"fault": fault})) if {
	some gateway in _judged
	tier := azure.value(gateway.resource, _tier)
	not azure.listed(tier, ["WAF", "WAF_v2"])
	not azure.unresolved(tier)
	path := azure.closest(gateway.resource, _tier)
	fault := "its tier has no web application firewall"
}

violation contains finding.observed(finding.at(gateway.ref, path, {"fault": fault})) if {
	some gateway in _judged
	azure.listed(azure.value(gateway.resource, _tier), ["WAF", "WAF_v2"])
	not _covered(gateway.resource)
	path := azure.closest(gateway.resource, ["properties", "firewallPolicy"])
	fault := "neither a policy nor a switched-on configuration covers all of it"
}

undecided contains finding.unknown(gateway.ref, [], "the properties of the application gateway") if {
	some gateway in azure.resources("Microsoft.Network/applicationGateways")
	not is_object(object.get(gateway.resource, "properties", null))
}

undecided contains finding.unknown(gateway.ref, _tier, "the tier of the application gateway") if {
	some gateway in _judged
	azure.unresolved(azure.value(gateway.resource, _tier))
}

subject contains gateway.ref if some gateway in _judged

_tier := ["properties", "sku", "tier"]

_parameters := data.parameters["AKSC-D6-AZ-02"]

_judged := [gateway |
	some gateway in _of_interest
	is_object(gateway.resource.properties)
	_counts(gateway.resource)
]

# Where nothing ties a gateway to the cluster, any of them may stand in front of it.
_of_interest := azure.cluster_gateways if {
	count(azure.cluster_gateways) > 0
} else := azure.resources("Microsoft.Network/applicationGateways") if {
	_parameters.assumeAllGateways
} else := []

_counts(_) if _parameters.includePrivate

_counts(gateway) if azure.public_gateway(gateway)

_covered(gateway) if _has_policy(gateway)

_covered(gateway) if azure.value(gateway, ["properties", "webApplicationFirewallConfiguration", "enabled"]) == true

_covered(gateway) if {
	is_array(gateway.properties.httpListeners)
	every listener in gateway.properties.httpListeners {
		_has_policy(listener)
	}
}

_has_policy(part) if {
	id := azure.value(part, ["properties", "firewallPolicy", "id"])
	is_string(id)
	id != ""
}
