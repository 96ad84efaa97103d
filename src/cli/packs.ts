import * as E from 'fp-ts/Either'
import type { Checklist } from '../check'
import { loadChecklist, loadPackFile } from '../node'
import type { Pack } from '../pack/pack'
import type { Problem } from '../problem'
import { compilePackFolder, isFolder } from './policy-folder'

/** A pack: a compiled module, or a folder of Rego that is compiled now. */
export const openPack = async (name: string): Promise<E.Either<Problem, Pack>> =>
  (await isFolder(name)) ? compilePackFolder(name) : loadPackFile(name)()

/** The shipped checklist with packs beside it. */
export const openChecklist = async (packs: readonly string[]): Promise<E.Either<Problem, Checklist>> => {
  let checklist = await loadChecklist()()
  for (const name of packs) {
    if (E.isLeft(checklist)) return checklist
    const pack = await openPack(name)
    if (E.isLeft(pack)) return pack
    checklist = checklist.right.with(pack.right)
  }
  return checklist
}
