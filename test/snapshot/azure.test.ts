import { describe, expect, test } from 'vitest'
import { isArray, isObject, type Json, type JsonObject, type Path, valueAt } from '../../src/json'
import { readAzure, sourcePath } from '../../src/snapshot/azure'
import { parentId, typeOfId } from '../../src/snapshot/azure-id'

const CLUSTER =
  '/subscriptions/1d2f/resourceGroups/rg-shop/providers/Microsoft.ContainerService/managedClusters/aks-shop'
const GATEWAYS = '/subscriptions/1d2f/resourceGroups/rg-shop/providers/Microsoft.Network/applicationGateways'

const arm: JsonObject = {
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

const az: JsonObject = {
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

const nodepool: JsonObject = {
  enableFips: true,
  id: `${CLUSTER}/agentPools/user`,
  name: 'user',
  osSku: 'Ubuntu',
  resourceGroup: 'rg-shop',
  tags: { team: 'shop' },
  type: 'Microsoft.ContainerService/managedClusters/agentPools',
  typePropertiesType: 'VirtualMachineScaleSets',
}

const gateway: JsonObject = {
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

const row: JsonObject = {
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

const wrapper: JsonObject = {
  apiVersion: 'management.azure.com/v1',
  kind: 'ClusterDescribe',
  metadata: { name: 'aks-shop', provider: 'aks' },
  data: {
    ...arm,
    id: '/subscriptions/*****/resourcegroups/rg/providers/Microsoft.ContainerService/managedClusters/aks-shop',
  },
}

const only = (value: JsonObject) => {
  const found = readAzure(value)
  if (found?.length !== 1 || found[0] === undefined) throw new Error(`${found?.length} resources`)
  return found[0]
}

const at = (value: JsonObject, ...path: Path): Json | undefined => valueAt(only(value).resource, path)

describe('what is an Azure resource', () => {
  test.each([
    ['the REST interface', arm, []],
    ['az aks show', az, []],
    ['a Resource Graph row', row, []],
    ["a collector's wrapper", wrapper, ['data']],
  ])('%s: the type in canonical letters', (_, value, path) => {
    const found = only(value)
    expect(found).toMatchObject({ type: 'Microsoft.ContainerService/managedClusters', name: 'aks-shop', path })
    expect(found.resource).toMatchObject({ type: found.type, id: found.id, name: found.name })
  })

  test('a list of the REST interface and an answer of Resource Graph give each resource with its place', () => {
    expect(readAzure({ value: [arm, nodepool], nextLink: null })?.map(({ path }) => path)).toEqual([
      ['value', 0],
      ['value', 1],
    ])
    expect(readAzure({ count: 1, data: [row], total_records: 1 })?.map(({ path }) => path)).toEqual([['data', 0]])
  })

  test('child resources of a deployment get the type and id of their place', () => {
    const found = readAzure({
      ...arm,
      resources: [{ type: 'agentPools', name: 'user', properties: { osSKU: 'Ubuntu' } }],
    })
    expect(found?.[1]).toMatchObject({
      type: 'Microsoft.ContainerService/managedClusters/agentPools',
      id: `${CLUSTER}/agentPools/user`,
      path: ['resources', 0],
      resource: { properties: { osSKU: 'Ubuntu' } },
    })
    expect(found?.[0]?.resource).not.toHaveProperty('resources')
  })

  test('a resource without a type has that of its id', () => {
    expect(only({ id: CLUSTER, properties: {} }).type).toBe('Microsoft.ContainerService/managedClusters')
    expect(only({ id: `${CLUSTER}/providers/microsoft.insights/diagnosticSettings/logs`, logs: [] }).type).toBe(
      'Microsoft.Insights/diagnosticSettings',
    )
  })

  test.each<[string, JsonObject]>([
    [
      'a Kubernetes object',
      { apiVersion: 'v1', kind: 'Secret', type: 'kubernetes.io/tls', metadata: { name: 'tls' }, data: {} },
    ],
    ['a Kubernetes object without metadata', { apiVersion: 'v1', kind: 'Secret', type: 'kubernetes.io/tls' }],
    ['a reference to a resource', { id: CLUSTER }],
    ['values of a chart', { image: { tag: '1' }, type: 'ClusterIP' }],
    ['a fragment with the type of a Secret', { type: 'kubernetes.io/tls', name: 'tls' }],
    ['an empty object', {}],
    ['members of odd types', { id: 3, type: ['x'], value: 'x', data: 7 }],
  ])('%s is none', (_, value) => {
    expect(readAzure(value)).toBeUndefined()
  })
})

describe('the normalised shape', () => {
  test('az aks show: properties are put under properties, in the letters of the REST interface', () => {
    expect(at(az, 'properties', 'enableRBAC')).toBe(true)
    expect(at(az, 'properties', 'aadProfile', 'enableAzureRBAC')).toBe(true)
    expect(at(az, 'properties', 'apiServerAccessProfile', 'authorizedIPRanges', 0)).toBe('203.0.113.0/24')
    expect(at(az, 'properties', 'autoUpgradeProfile', 'nodeOSUpgradeChannel')).toBe('NodeImage')
    expect(at(az, 'properties', 'agentPoolProfiles', 0, 'osSKU')).toBe('AzureLinux')
    expect(at(az, 'properties', 'agentPoolProfiles', 0, 'vnetSubnetID')).toBe('s1')
    expect(at(az, 'properties', 'agentPoolProfiles', 1, 'securityProfile', 'enableVTPM')).toBe(true)
    expect(at(az, 'sku', 'tier')).toBe('Standard')
    expect(at(az, 'properties', 'httpProxyConfig')).toBeNull()
    expect(Object.keys(only(az).resource).sort()).toEqual([
      'id',
      'kind',
      'location',
      'name',
      'properties',
      'resourceGroup',
      'sku',
      'systemData',
      'tags',
      'type',
    ])
  })

  test('add-ons have one key whatever letters they come in', () => {
    expect(at(arm, 'properties', 'addonProfiles', 'azurepolicy', 'enabled')).toBe(true)
    expect(at(arm, 'properties', 'addonProfiles', 'omsagent', 'enabled')).toBe(false)
  })

  test('keys that are data keep their letters', () => {
    expect(at(arm, 'tags')).toEqual({ Type: 'shop', enableRbac: 'not a property' })
    expect(at(arm, 'properties', 'agentPoolProfiles', 0, 'nodeLabels')).toEqual({ Type: 'a' })
  })

  test('az aks nodepool show: the pool type is told from the resource type, and tags are the pool’s', () => {
    expect(at(nodepool, 'properties', 'type')).toBe('VirtualMachineScaleSets')
    expect(at(nodepool, 'properties', 'tags')).toEqual({ team: 'shop' })
    const other = { ...nodepool, type: 'AvailabilitySet' }
    expect(only(other).type).toBe('Microsoft.ContainerService/managedClusters/agentPools')
    expect(at(other, 'properties', 'type')).toBe('VirtualMachineScaleSets')
  })

  test('nested sub-resources of a flattened gateway get properties of their own, references do not', () => {
    expect(at(gateway, 'properties', 'sku', 'tier')).toBe('WAF_v2')
    expect(at(gateway, 'properties', 'httpListeners', 0)).toEqual({
      etag: 'W/1',
      id: 'l1',
      name: 'https',
      resourceGroup: 'rg-shop',
      properties: { firewallPolicy: { id: 'w1', resourceGroup: 'rg-shop' }, protocol: 'Https' },
    })
    expect(at(gateway, 'properties', 'frontendIPConfigurations', 0, 'properties', 'publicIPAddress', 'id')).toBe('p1')
    expect(at(gateway, 'properties', 'urlPathMaps', 0, 'properties', 'pathRules', 0, 'properties', 'paths')).toEqual([
      '/a',
    ])
    const pools = {
      id: `${GATEWAYS}/agw`,
      name: 'agw',
      frontendIPConfigurations: [{ id: 'f1', resourceGroup: 'rg' }, 'odd', null],
    }
    expect(at(pools, 'properties', 'frontendIPConfigurations')).toEqual([
      { id: 'f1', resourceGroup: 'rg' },
      'odd',
      null,
    ])
  })

  test('of two keys that differ in letters only, the exact one is read', () => {
    expect(at({ ...row, properties: { EnableRbac: true, enableRBAC: false } }, 'properties', 'enableRBAC')).toBe(false)
  })

  test.each([[null], [[]], ['x'], [3]])('properties of an odd type are kept: %j', (properties) => {
    expect(at({ ...row, properties }, 'properties')).toEqual(properties)
  })

  test('a resource of which a listing shows no properties has none', () => {
    expect(only({ id: CLUSTER, name: 'aks-shop', location: 'westeurope' }).resource).not.toHaveProperty('properties')
  })

  test('reading what was normalised changes nothing', () => {
    for (const value of [arm, az, nodepool, gateway, row])
      expect(only(only(value).resource).resource).toEqual(only(value).resource)
  })
})

const leaves = (value: Json, path: Path = []): readonly Path[] => {
  if (isArray(value) && value.length > 0) return value.flatMap((item, index) => leaves(item, [...path, index]))
  if (isObject(value) && Object.keys(value).length > 0)
    return Object.entries(value).flatMap(([key, item]) => leaves(item, [...path, key]))
  return [path]
}

describe('the way back to the source', () => {
  test.each([
    ['the REST interface', arm],
    ['az aks show', az],
    ['az aks nodepool show', nodepool],
    ['az network application-gateway show', gateway],
    ['a Resource Graph row', row],
  ])('%s: every leaf is found at its own place, and no leaf of the source is missed', (_, raw) => {
    const { resource } = only(raw)
    const places = leaves(resource).map((path) => {
      const source = sourcePath(raw, path)
      if (path.join() !== 'type') expect(valueAt(raw, source)).toEqual(valueAt(resource, path))
      return source
    })
    expect(places.map((path) => JSON.stringify(path)).sort()).toEqual(
      leaves(raw)
        .map((path) => JSON.stringify(path))
        .sort(),
    )
  })

  test('an absent field leads to its closest existing parent', () => {
    expect(sourcePath(arm, ['properties', 'apiServerAccessProfile', 'enablePrivateCluster'])).toEqual([
      'properties',
      'apiServerAccessProfile',
    ])
    expect(sourcePath(arm, ['properties', 'securityProfile', 'defender', 'enabled'])).toEqual([
      'properties',
      'securityProfile',
    ])
    expect(sourcePath(az, ['properties', 'autoUpgradeProfile', 'x', 'y'])).toEqual(['autoUpgradeProfile'])
    expect(sourcePath(az, ['properties', 'bootstrapProfile'])).toEqual([])
    expect(sourcePath(az, ['properties', 'agentPoolProfiles', 7, 'osSKU'])).toEqual(['agentPoolProfiles'])
    expect(sourcePath('text', ['properties', 0])).toEqual([])
  })
})

describe('resource ids', () => {
  test.each([
    [CLUSTER, 'Microsoft.ContainerService/managedClusters', '/subscriptions/1d2f/resourceGroups/rg-shop'],
    [`${CLUSTER}/agentPools/user`, 'Microsoft.ContainerService/managedClusters/agentPools', CLUSTER],
    [
      `${CLUSTER}/providers/microsoft.insights/diagnosticSettings/logs`,
      'Microsoft.Insights/diagnosticSettings',
      CLUSTER,
    ],
    [
      '/subscriptions/1d2f/providers/Microsoft.Security/pricings/Containers',
      'Microsoft.Security/pricings',
      '/subscriptions/1d2f',
    ],
    ['/providers/Microsoft.Authorization/policyDefinitions/p', 'Microsoft.Authorization/policyDefinitions', undefined],
    ['/subscriptions/1d2f/resourceGroups/rg-shop', undefined, undefined],
    ['kube-system/coredns', undefined, undefined],
    ['', undefined, undefined],
  ])('%s', (id, type, parent) => {
    expect([typeOfId(id), parentId(id)]).toEqual([type, parent])
  })
})
