import * as E from 'fp-ts/Either'
import type { Checklist } from '../check'
import { loadChecklist, loadPackFile } from '../node'
import type { Problem } from '../problem'
import { compilePackFolder, isFolder } from './policy-folder'

/** The shipped checklist with packs beside it: compiled modules, or folders of Rego that are compiled now. */
export const openChecklist = async (packs: readonly string[]): Promise<E.Either<Problem, Checklist>> => {
  let checklist = await loadChecklist()()
  for (const name of packs) {
    if (E.isLeft(checklist)) return checklist
    const pack = (await isFolder(name)) ? await compilePackFolder(name) : await loadPackFile(name)()
    if (E.isLeft(pack)) return pack
    checklist = checklist.right.with(pack.right)
  }
  return checklist
}
