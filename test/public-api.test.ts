import * as universal from 'aks-checklist'
import * as compiler from 'aks-checklist/compiler'
import * as node from 'aks-checklist/node'
import { describe, expect, it } from 'vitest'

const UNIVERSAL = [
  'BuiltinRefusal',
  'Decimal',
  'FORMATS',
  'RegoMap',
  'RegoSet',
  'checklistOf',
  'compareValues',
  'decimal',
  'defineBuiltin',
  'definePolicy',
  'exact',
  'formatReport',
  'formatTerm',
  'integer',
  'isFindingOf',
  'levelOf',
  'loadBundle',
  'loadChecklist',
  'loadPack',
  'loadPolicy',
  'mapOf',
  'readBundle',
  'report',
  'setOf',
  'toJson',
]

describe('exported names', () => {
  it('of the universal entry', () => {
    expect(Object.keys(universal).sort()).toEqual(UNIVERSAL)
  })

  it('of the Node entry: the universal ones, files and the façade', () => {
    expect(Object.keys(node).sort()).toEqual(
      [...UNIVERSAL, 'CheckError', 'check', 'loadPackFile', 'loadPolicyInWorkers', 'shippedLibraries'].sort(),
    )
  })

  it('of the compiler', () => {
    expect(Object.keys(compiler).sort()).toEqual([
      'TEST_FORMATS',
      'buildConftestPack',
      'buildGatekeeperPack',
      'buildPack',
      'callBuiltin',
      'checkRego',
      'compileBundle',
      'compileRego',
      'declareBuiltins',
      'forbid',
      'formatChanges',
      'formatRego',
      'formatTestReport',
      'holdsGatekeeper',
      'inspectRego',
      'loadRegoCompiler',
      'mergeData',
      'opaBuiltinProvider',
      'opaBuiltins',
      'packTypes',
      'packTypesModule',
      'regoCapabilities',
      'testRego',
    ])
  })
})
