import * as E from 'fp-ts/Either'
import { packTypesModule } from '../../compiler/pack-types'
import { openPacks } from '../open-packs'
import { type ExitCode, print, refuse, writeWhole } from '../output'

/** `aks-checklist policy types`. */
export const policyTypes = async (name: string, flags: { readonly output?: string }): Promise<ExitCode> => {
  const packs = await openPacks(name)
  if (E.isLeft(packs)) return refuse([packs.left])
  const text = packs.right.map(({ pack }) => packTypesModule(pack.catalogue)).join('\n')
  if (flags.output === undefined) await print(text)
  else await writeWhole(flags.output, text)
  return 0
}
