import * as universal from 'aks-checklist'
import * as compiler from 'aks-checklist/compiler'
import * as node from 'aks-checklist/node'
import { describe, expect, it } from 'vitest'

const UNIVERSAL = [
  'FORMATS',
  'checklistOf',
  'definePolicy',
  'exact',
  'formatReport',
  'isFindingOf',
  'levelOf',
  'loadChecklist',
  'loadPack',
  'loadPolicy',
  'report',
]

describe('exported names', () => {
  it('of the universal entry', () => {
    expect(Object.keys(universal).sort()).toEqual(UNIVERSAL)
  })

  it('of the Node entry: the universal ones, files and the façade', () => {
    expect(Object.keys(node).sort()).toEqual([...UNIVERSAL, 'CheckError', 'check', 'loadPackFile'].sort())
  })

  it('of the compiler', () => {
    expect(Object.keys(compiler).sort()).toEqual([
      'buildConftestPack',
      'buildGatekeeperPack',
      'buildPack',
      'callBuiltin',
      'checkRego',
      'compileRego',
      'formatRego',
      'holdsGatekeeper',
      'inspectRego',
      'loadRegoCompiler',
      'opaBuiltins',
      'testRego',
    ])
  })
})
