import * as E from 'fp-ts/Either'
import { packModule } from '../../compiler/pack-types'
import { type ExitCode, print, refuse, writeWhole } from '../output'
import { openPack } from '../packs'

/** `aks-checklist policy types`. */
export const policyTypes = async (name: string, flags: { readonly output?: string }): Promise<ExitCode> => {
  const pack = await openPack(name)
  if (E.isLeft(pack)) return refuse([pack.left])
  const text = packModule(pack.right.catalogue)
  if (flags.output === undefined) await print(text)
  else await writeWhole(flags.output, text)
  return 0
}
