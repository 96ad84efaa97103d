import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Json, type JsonObject, type Path, valueAt } from '../../src/json'
import { readAzure } from '../../src/snapshot/azure'
import { arm, az, CLUSTER, GATEWAYS, gateway, nodepool, only, row, wrapper } from './azure-shapes'

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

test('values of odd types are read without complaint', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), (members, properties) => {
      const value: JsonObject = { ...(members as JsonObject), id: CLUSTER, properties: properties as Json }
      expect(readAzure(value)).toHaveLength(1)
    }),
  )
})
