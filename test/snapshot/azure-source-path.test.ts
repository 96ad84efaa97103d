import { describe, expect, test } from 'vitest'
import { isArray, isObject, type Json, type Path, valueAt } from '../../src/json'
import { sourcePath } from '../../src/snapshot/azure'
import { arm, az, gateway, nodepool, only, row } from './azure-shapes'

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
