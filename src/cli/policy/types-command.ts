import * as E from 'fp-ts/Either'
import { packTypesModule } from '../../compiler/pack-types'
import { type ExitCode, print, refuse, writeWhole } from '../output'
import { openPacks } from '../packs'

/** `aks-checklist policy types`. */
export const policyTypes = async (name: string, flags: { readonly output?: string }): Promise<ExitCode> => {
  const pack = await openPacks(name)
  if (E.isLeft(pack)) return refuse([pack.left])
  const text = pack.right.map(({ catalogue }) => packTypesModule(catalogue)).join('\n')
  if (flags.output === undefined) await print(text)
  else await writeWhole(flags.output, text)
  return 0
}
