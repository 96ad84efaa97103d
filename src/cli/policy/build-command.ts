import * as E from 'fp-ts/Either'
import { isArray, member } from '../../json'
import { oneOf } from '../options'
import { type ExitCode, print, printNote, refuse, writeWhole } from '../output'
import { buildControls } from './build-controls'
import { counted } from './check-command'
import { readPolicyFiles } from './files'
import { type RegoFlags, regoSettings, tellForbidden } from './settings'

/** The options of `policy build`. */
export interface BuildFlags extends RegoFlags {
  readonly output: string
  readonly optimize: string
}

const LEVELS = { '0': 0, '1': 1, '2': 2 } as const

/** `aks-checklist policy build`. */
export const policyBuild = async (names: readonly string[], flags: BuildFlags): Promise<ExitCode> => {
  const level = oneOf('--optimize', flags.optimize, ['0', '1', '2'])
  if (E.isLeft(level)) return refuse([level.left])
  const settings = await regoSettings(flags)
  if (E.isLeft(settings)) return refuse(settings.left)
  const files = await readPolicyFiles(names)
  if (E.isLeft(files)) return refuse(files.left)
  const built = await buildControls(files.right, { ...settings.right, optimization: LEVELS[level.right] })
  if (E.isLeft(built)) return refuse(built.left.map(tellForbidden(flags.forbid ?? [])))
  const { module, catalogue } = built.right
  await writeWhole(flags.output, module)
  for (const { name, path } of files.right.data) {
    if (path?.[0] === 'controls') printNote(`${name} is not in the pack: among the controls, data is for their tests`)
  }
  const controls = member(catalogue, 'controls')
  await print(
    `${flags.output}: ${counted(isArray(controls) ? controls.length : 0, 'control')}, ${module.length} bytes\n`,
  )
  return 0
}
