import { describe, expect, test } from 'vitest'
import { parentId, typeOfId } from '../../src/snapshot/azure-id'
import { CLUSTER } from './azure-shapes'

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
