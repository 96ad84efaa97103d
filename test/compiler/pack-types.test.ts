import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { packTypes, type TypedCatalogue } from '../../src/compiler/pack-types'
import { inPackage } from '../package/built'

const catalogue: TypedCatalogue = {
  controls: [
    {
      id: 'ACME-01',
      args: { label: 'string', replicas: 'number', spread: 'boolean', zones: 'strings', 'a-b': 'string' },
      parameters: {
        least: { type: 'number', default: 2 },
        owner: { type: 'string', default: null },
        rules: { type: 'list', default: [] },
        by: { type: 'object', default: {} },
      },
    },
    { id: "IT'S-02", args: {}, parameters: {} },
  ],
}

describe('the types of a pack', () => {
  it('name ids, args and parameters', () => {
    expect(packTypes(catalogue)).toBe(`/** The ids of the controls. */
export type ControlId =
  | 'ACME-01'
  | 'IT\\'S-02'

/** What each control's findings carry. */
export interface ControlArgs {
  readonly 'ACME-01': { readonly label: string; readonly replicas: number; readonly spread: boolean; readonly zones: readonly string[]; readonly 'a-b': string }
  readonly 'IT\\'S-02': Readonly<Record<string, never>>
}

/** The parameters of each control, as configuration sets them. */
export interface ControlParameters {
  readonly 'ACME-01': { readonly least?: number; readonly owner?: string | null; readonly rules?: readonly unknown[]; readonly by?: Readonly<Record<string, unknown>> }
  readonly 'IT\\'S-02': Readonly<Record<string, never>>
}
`)
  })

  it('name items and questions where the pack has a checklist', () => {
    const checklist = { items: [{ id: 'A1' }], questions: [] }
    expect(packTypes({ controls: [], checklist })).toMatch(
      /ControlId = never[\s\S]+ItemId =\n {2}\| 'A1'[\s\S]+QuestionId = never/,
    )
  })

  it('are those that the package ships for its own controls', () => {
    const shipped: TypedCatalogue = JSON.parse(readFileSync(inPackage('wasm/catalogue.json'), 'utf8'))
    const generated = readFileSync(inPackage('src/catalogue/ids.generated.ts'), 'utf8')
    expect(generated).toBe(`// Generated from policies/ by wasm/build.mjs.\n\n${packTypes(shipped)}`)
  })
})
