import type { Command } from 'commander'
import * as E from 'fp-ts/Either'
import type { Checklist } from '../check'
import { type Problem, problem } from '../problem'
import { repeated } from './options'
import { addPackKeyOptions, type PackKeyFlags, readPackKey } from './pack-key'
import { openChecklist } from './packs'

/** The options about packs, which `check`, `list` and `explain` share. */
export interface PackFlags extends PackKeyFlags {
  readonly pack?: readonly string[]
  readonly packOnly?: boolean
  readonly packItem?: string
  readonly conftestPackage?: readonly string[]
}

/** Adds the options about packs to a command. */
export const addPackOptions = (command: Command): Command =>
  addPackKeyOptions(
    command
      .option(
        '--pack <path>',
        'a compiled pack, an OPA bundle, or a folder of controls, Gatekeeper or Conftest policies; may be repeated',
        repeated,
      )
      .option('--pack-only', 'the packs alone, without the shipped controls')
      .option('--pack-item <id>', 'the item of Gatekeeper and Conftest policies that name none (default: O1)')
      .option(
        '--conftest-package <name>',
        'a package whose Conftest rules are asked, or all (default: main, all where it has none); may be repeated',
        repeated,
      ),
  )

const NEED_PACK = {
  packOnly: '--pack-only',
  packItem: '--pack-item',
  conftestPackage: '--conftest-package',
  packKey: '--pack-key',
} as const

/** The checklist with the packs of the command line. Left: options that do not fit together, and all that is wrong with a pack. */
export const checklistFor = async (flags: PackFlags): Promise<E.Either<Problem, Checklist>> => {
  const { pack = [], packOnly, packItem: item, conftestPackage: named } = flags
  const alone = (['packOnly', 'packItem', 'conftestPackage', 'packKey'] as const).find(
    (name) => flags[name] !== undefined,
  )
  if (pack.length === 0 && alone !== undefined) {
    return E.left(problem('option-needs', { option: NEED_PACK[alone], needs: '--pack' }))
  }
  const verification = await readPackKey(flags)
  if (E.isLeft(verification)) return verification
  return openChecklist(pack, {
    packOnly: packOnly === true,
    ...(item === undefined ? {} : { item }),
    ...(named === undefined ? {} : { packages: named.includes('all') ? 'all' : named }),
    ...(verification.right === undefined ? {} : { verification: verification.right }),
  })
}
