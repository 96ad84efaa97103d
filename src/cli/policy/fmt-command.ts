import * as E from 'fp-ts/Either'
import { formatChanges } from '../../compiler/index'
import { type ExitCode, print, refuse, writeWhole } from '../output'
import { readPolicyFiles } from './files'
import { type RegoFlags, regoSettings } from './settings'

/** The options of `policy fmt`. */
export interface FormatFlags extends RegoFlags {
  readonly write?: boolean
  readonly list?: boolean
  readonly diff?: boolean
}

/** `aks-checklist policy fmt`. */
export const policyFormat = async (names: readonly string[], flags: FormatFlags): Promise<ExitCode> => {
  const settings = await regoSettings(flags)
  if (E.isLeft(settings)) return refuse(settings.left)
  const files = await readPolicyFiles(names)
  if (E.isLeft(files)) return refuse(files.left)
  const changes = await formatChanges(files.right.rego, settings.right)()
  if (E.isLeft(changes)) return refuse(changes.left)
  const listed = flags.list === true || flags.diff !== true
  for (const { name, text, diff } of changes.right) {
    if (flags.write === true) await writeWhole(name, text)
    await print(`${listed ? `${name}\n` : ''}${flags.diff === true ? diff : ''}`)
  }
  return changes.right.length > 0 && flags.write !== true ? 1 : 0
}
