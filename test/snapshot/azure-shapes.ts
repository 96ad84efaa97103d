import type { JsonObject } from '../../src/json'
import { type AzureResource, readAzure } from '../../src/snapshot/azure'

export const CLUSTER =
  '/subscriptions/1d2f/resourceGroups/rg-shop/providers/Microsoft.ContainerService/managedClusters/aks-shop'
export const GATEWAYS = '/subscriptions/1d2f/resourceGroups/rg-shop/providers/Microsoft.Network/applicationGateways'

export const arm: JsonObject = {
  id: CLUSTER,
  name: 'aks-shop',
  type: 'Microsoft.ContainerService/ManagedClusters',
  location: 'westeurope',
  tags: { Type: 'shop', enableRbac: 'not a property' },
  sku: { name: 'Base', tier: 'Standard' },
  identity: { type: 'UserAssigned', userAssignedIdentities: { '/subscriptions/1d2f/X': { principalId: 'p1' } } },
  properties: {
    provisioningState: 'Succeeded',
    kubernetesVersion: '1.34',
    currentKubernetesVersion: '1.34.2',
    enableRBAC: true,
    aadProfile: { managed: true, enableAzureRBAC: true, adminGroupObjectIDs: ['g1'], tenantID: 't1' },
    addonProfiles: { azurePolicy: { enabled: true, config: null }, omsAgent: { enabled: false } },
    agentPoolProfiles: [
      {
        name: 'system',
        osSKU: 'AzureLinux',
        osType: 'Linux',
        type: 'VirtualMachineScaleSets',
        enableFIPS: false,
        nodeLabels: { Type: 'a' },
      },
    ],
    apiServerAccessProfile: { authorizedIPRanges: ['203.0.113.0/24'] },
    autoUpgradeProfile: { nodeOSUpgradeChannel: 'NodeImage', upgradeChannel: 'patch' },
    networkProfile: { networkPolicy: 'cilium', loadBalancerProfile: { effectiveOutboundIPs: [{ id: 'ip1' }] } },
    securityProfile: null,
  },
  systemData: { createdAt: '2025-03-01T09:00:00Z' },
}

export const az: JsonObject = {
  aadProfile: { managed: true, enableAzureRbac: true, adminGroupObjectIDs: ['g1'], tenantId: 't1' },
  addonProfiles: { azurepolicy: { config: null, enabled: true, identity: { clientId: 'c1' } } },
  agentPoolProfiles: [
    {
      name: 'system',
      osSku: 'AzureLinux',
      osType: 'Linux',
      type: 'VirtualMachineScaleSets',
      enableFips: false,
      vnetSubnetId: 's1',
    },
    { name: 'user', osSku: 'Ubuntu', enableFips: null, securityProfile: { enableVtpm: true, enableSecureBoot: false } },
  ],
  apiServerAccessProfile: { authorizedIpRanges: ['203.0.113.0/24'], enablePrivateClusterPublicFqdn: null },
  autoUpgradeProfile: { nodeOsUpgradeChannel: 'NodeImage', upgradeChannel: 'patch' },
  enableRbac: true,
  fqdn: 'shop.hcp.westeurope.azmk8s.io',
  httpProxyConfig: null,
  id: CLUSTER,
  kind: 'Base',
  location: 'westeurope',
  name: 'aks-shop',
  networkProfile: { dnsServiceIp: '10.0.0.10', networkPolicy: 'cilium' },
  privateFqdn: null,
  resourceGroup: 'rg-shop',
  securityProfile: { azureKeyVaultKms: null },
  sku: { name: 'Base', tier: 'Standard' },
  systemData: null,
  tags: { team: 'shop' },
  type: 'Microsoft.ContainerService/ManagedClusters',
}

export const nodepool: JsonObject = {
  enableFips: true,
  id: `${CLUSTER}/agentPools/user`,
  name: 'user',
  osSku: 'Ubuntu',
  resourceGroup: 'rg-shop',
  tags: { team: 'shop' },
  type: 'Microsoft.ContainerService/managedClusters/agentPools',
  typePropertiesType: 'VirtualMachineScaleSets',
}

export const gateway: JsonObject = {
  firewallPolicy: null,
  frontendIPConfigurations: [
    { id: 'f1', name: 'public', publicIPAddress: { id: 'p1', resourceGroup: 'rg-shop' }, resourceGroup: 'rg-shop' },
  ],
  httpListeners: [
    {
      etag: 'W/1',
      firewallPolicy: { id: 'w1', resourceGroup: 'rg-shop' },
      id: 'l1',
      name: 'https',
      protocol: 'Https',
      resourceGroup: 'rg-shop',
    },
  ],
  id: `${GATEWAYS}/agw`,
  name: 'agw',
  resourceGroup: 'rg-shop',
  sku: { capacity: 2, name: 'WAF_v2', tier: 'WAF_v2' },
  type: 'Microsoft.Network/applicationGateways',
  urlPathMaps: [{ id: 'm1', name: 'm', pathRules: [{ id: 'r1', name: 'r', paths: ['/a'], firewallPolicy: null }] }],
}

export const row: JsonObject = {
  id: CLUSTER.toLowerCase(),
  name: 'aks-shop',
  type: 'microsoft.containerservice/managedclusters',
  tenantId: 't1',
  kind: 'base',
  location: 'westeurope',
  resourceGroup: 'rg-shop',
  subscriptionId: '1d2f',
  sku: { name: 'Base', tier: 'Free' },
  properties: { enableRBAC: false, agentPoolProfiles: null },
}

export const wrapper: JsonObject = {
  apiVersion: 'management.azure.com/v1',
  kind: 'ClusterDescribe',
  metadata: { name: 'aks-shop', provider: 'aks' },
  data: {
    ...arm,
    id: '/subscriptions/*****/resourcegroups/rg/providers/Microsoft.ContainerService/managedClusters/aks-shop',
  },
}

/** The one resource that a value holds. */
export const only = (value: JsonObject): AzureResource => {
  const found = readAzure(value)
  if (found?.length !== 1 || found[0] === undefined) throw new Error(`${found?.length} resources`)
  return found[0]
}
