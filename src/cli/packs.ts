import { readFile } from 'node:fs/promises'
import * as E from 'fp-ts/Either'
import { type Checklist, checklistOf } from '../check'
import { loadPack, type Pack } from '../pack/pack'
import { type Problem, problem } from '../problem'
import { type OpenedPack, openPacks, type PackOptions } from './open-packs'
import { packageFile } from './package-file'

export interface ChecklistOptions extends PackOptions {
  /** The controls of the packs alone, without those of the shipped checklist. */
  readonly packOnly?: boolean
}

/** The shipped checklist with packs beside it, or the packs alone. */
export const openChecklist = async (
  paths: readonly string[],
  options: ChecklistOptions = {},
): Promise<E.Either<Problem, Checklist>> => {
  const opened: OpenedPack[] = []
  for (const path of paths) {
    const packs = await openPacks(path, options)
    if (E.isLeft(packs)) return packs
    opened.push(...packs.right)
  }
  const misused = misusedOption(opened, options)
  if (misused !== undefined) return E.left(misused)
  const packs = opened.map(({ pack }) => pack)
  return options.packOnly === true ? packsAlone(packs, options.item) : besideShipped(packs, options.item)
}

/** An option that is for foreign policies where there are none, or a package of Conftest that none of them has. */
const misusedOption = (opened: readonly OpenedPack[], { item, packages }: PackOptions): Problem | undefined => {
  const conftest = opened.filter(({ madeOf }) => madeOf === 'conftest')
  if (item !== undefined && conftest.length === 0 && !opened.some(({ madeOf }) => madeOf === 'gatekeeper')) {
    return problem('option-needs', { option: '--pack-item', needs: 'Gatekeeper or Conftest policies in --pack' })
  }
  if (packages === undefined) return undefined
  if (conftest.length === 0) {
    return problem('option-needs', { option: '--conftest-package', needs: 'Conftest policies in --pack' })
  }
  // The name of a control is its package and its rule.
  const asked = conftest.flatMap(({ pack }) => pack.catalogue.controls.map(({ name }) => name.replace(/\.[^.]*$/, '')))
  const absent = packages === 'all' ? undefined : packages.find((name) => !asked.includes(name))
  if (absent === undefined) return undefined
  const known = [...new Set([...asked, ...conftest.flatMap(({ unasked }) => unasked)])].sort()
  return problem('option-invalid', {
    option: '--conftest-package',
    given: absent,
    expected: `a package with rules deny, violation or warn (${known.join(', ')})`,
  })
}

/** The shipped controls as a pack. */
export const loadShipped = async (): Promise<E.Either<Problem, Pack>> =>
  loadPack({ module: new Uint8Array(await readFile(packageFile('wasm', 'checklist.wasm'))) })()

/** `item` is that of foreign policies: it is to exist, also where none of them falls under it. */
const joined = (packs: readonly Pack[], item: string | undefined): E.Either<Problem, Checklist> => {
  const known = packs.flatMap(({ catalogue }) => catalogue.checklist?.items ?? []).map(({ id }) => id)
  return item === undefined || known.includes(item)
    ? checklistOf(packs)
    : E.left(problem('option-invalid', { option: '--pack-item', given: item, expected: `one of ${known.join(', ')}` }))
}

const besideShipped = async (
  packs: readonly Pack[],
  item: string | undefined,
): Promise<E.Either<Problem, Checklist>> => {
  const shipped = await loadShipped()
  return E.isLeft(shipped) ? shipped : joined([shipped.right, ...packs], item)
}

/**
 * Packs whose items are their own replace the shipped checklist. Others stand under its items: those stay, and its controls stay
 * known, so that what attests, waives or configures them is no slip; they are not checked.
 */
const packsAlone = async (packs: readonly Pack[], item: string | undefined): Promise<E.Either<Problem, Checklist>> => {
  const own = joined(packs, item)
  if (E.isRight(own) || own.left.code === 'pack-clash') return own
  const shipped = await loadShipped()
  if (E.isLeft(shipped)) return shipped
  const controls = packs.flatMap(({ catalogue }) => catalogue.controls.map(({ id }) => id))
  const both = joined([withoutControls(shipped.right, controls), ...packs], item)
  return E.isLeft(both) ? both : both.right.only({ controls })
}

/** A pack may bring a shipped control changed. */
const withoutControls = (pack: Pack, ids: readonly string[]): Pack => ({
  ...pack,
  catalogue: { ...pack.catalogue, controls: pack.catalogue.controls.filter(({ id }) => !ids.includes(id)) },
})
