import * as E from 'fp-ts/Either'
import { checkRego } from '../../compiler/index'
import { type ExitCode, print, refuse } from '../output'
import { checkMetadata } from './build-controls'
import { readPolicyFiles } from './files'
import { librariesFor } from './libraries'
import { type RegoFlags, regoSettings, tellForbidden } from './settings'

/** The options of `policy check`. */
export interface CheckFlags extends RegoFlags {
  readonly strict: boolean
}

/** `aks-checklist policy check`. */
export const policyCheck = async (names: readonly string[], flags: CheckFlags): Promise<ExitCode> => {
  const settings = await regoSettings(flags)
  if (E.isLeft(settings)) return refuse(settings.left)
  const files = await readPolicyFiles(names)
  if (E.isLeft(files)) return refuse(files.left)
  const { rego, data } = files.right
  const libraries = await librariesFor(rego, { report: false })
  const options = { ...settings.right, strict: flags.strict, dataSources: data }
  const checked = await checkRego([...rego, ...libraries], options)()
  const problems = [
    ...(E.isLeft(checked) ? checked.left.map(tellForbidden(flags.forbid ?? [])) : []),
    ...(await checkMetadata(files.right, settings.right)),
  ]
  if (problems.length > 0) {
    refuse(problems)
    const faulty = new Set(problems.flatMap(({ location }) => location?.source ?? []))
    await print(`${counted(problems.length, 'problem')} in ${counted(faulty.size, 'file')}\n`)
    return 2
  }
  await print(`${counted(rego.length, 'file')}, no problems\n`)
  return 0
}

/** `1 file`, `2 files`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`
