import * as E from 'fp-ts/Either'
import type { CatalogueFile } from '../../catalogue/control'
import { packTypesModule, type TypedCatalogue } from '../../compiler/pack-types'
import { openPacks } from '../open-packs'
import { type ExitCode, print, refuse, writeWhole } from '../output'
import { type PackKeyFlags, readPackKey } from '../pack-key'

/** The options of `policy types`. */
export interface TypesFlags extends PackKeyFlags {
  readonly output?: string
}

/** `aks-checklist policy types`. */
export const policyTypes = async (name: string, flags: TypesFlags): Promise<ExitCode> => {
  const verification = await readPackKey(flags)
  if (E.isLeft(verification)) return refuse([verification.left])
  const packs = await openPacks(name, verification.right === undefined ? {} : { verification: verification.right })
  if (E.isLeft(packs)) return refuse([packs.left])
  const text = packTypesModule(joined(packs.right.map(({ pack }) => pack.catalogue)))
  if (flags.output === undefined) await print(text)
  else await writeWhole(flags.output, text)
  return 0
}

/** A folder may hold packs of several kinds; their declarations have one name. */
const joined = (catalogues: readonly CatalogueFile[]): TypedCatalogue => {
  const checklists = catalogues.flatMap(({ checklist }) => checklist ?? [])
  return {
    controls: catalogues.flatMap(({ controls }) => controls),
    ...(checklists.length === 0
      ? {}
      : {
          checklist: {
            items: checklists.flatMap(({ items }) => items),
            questions: checklists.flatMap(({ questions }) => questions),
          },
        }),
  }
}
