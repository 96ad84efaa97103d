import { access, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import * as E from 'fp-ts/Either'
import { DOCUMENTS, KEYWORDS } from '../../compiler/keywords'
import { type Problem, problem } from '../../problem'
import { type ExitCode, print, refuse } from '../output'
import { readPolicyFiles } from './files'
import { controlFiles, type NewFile, SAMPLE_KINDS } from './scaffold/control'
import { packFiles } from './scaffold/pack'

/** The options of `policy new control`. */
export interface NewControlFlags {
  readonly id: string
  readonly item: string
  readonly kind?: readonly string[]
  readonly name?: string
}

const ITEMS = ['P1', 'P2', 'P3', 'D1', 'D2', 'D3', 'D4', 'D5', 'D6', 'D7', 'D8', 'O1', 'O2']
const ID = /^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$/
const NAME = /^[a-z][a-z0-9_]*$/
/** What no part of a package may be called. */
const RESERVED = [...KEYWORDS, ...DOCUMENTS]

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  )

/** Writes all of the files, or none where one of them is there. */
const write = async (folder: string, files: readonly NewFile[]): Promise<ExitCode> => {
  const placed = files.map(({ path, text }) => ({ file: join(folder, path), text }))
  const present = await Promise.all(placed.map(async ({ file }) => ((await exists(file)) ? [file] : [])))
  if (present.flat().length > 0) return refuse([problem('file-exists', { files: present.flat() })])
  for (const { file, text } of placed) {
    await mkdir(dirname(file), { recursive: true })
    // Also where it came to be in this moment: nothing is overwritten.
    await writeFile(file, text, { flag: 'wx' })
    await print(`${file}\n`)
  }
  return 0
}

/** `aks-checklist policy new pack`. */
export const policyNewPack = (folder: string): Promise<ExitCode> => write(folder, packFiles(folder))

const unfit = (option: string, given: string, expected: string): Problem =>
  problem('option-invalid', { option, given, expected })

/** Whether a control below the folder has the id already; a folder without Rego has none. */
const isTaken = async (folder: string, id: string): Promise<boolean> => {
  const files = await readPolicyFiles([folder])
  return (
    E.isRight(files) &&
    files.right.rego.some(({ text }) => new RegExp(`^#\\s+id: ["']?${id}["']?\\s*$`, 'm').test(text))
  )
}

/** `aks-checklist policy new control`. */
export const policyNewControl = async (folder: string, flags: NewControlFlags): Promise<ExitCode> => {
  const { id, item, kind: kinds = ['workloads'], name = id.toLowerCase().replaceAll('-', '_') } = flags
  const unknown = kinds.filter((kind) => !SAMPLE_KINDS.includes(kind))
  const problems = [
    !ID.test(id) && unfit('--id', id, 'an id of capital letters, digits and dashes, ACME-01 for one'),
    !ITEMS.includes(item) && unfit('--item', item, `one of ${ITEMS.join(', ')}`),
    (!NAME.test(name) || RESERVED.includes(name)) &&
      unfit('--name', name, 'a name of small letters, digits and underscores that is no keyword of Rego'),
    ...unknown.map((kind) =>
      unfit('--kind', kind, `one of ${SAMPLE_KINDS.join(', ')}; for another, start with one of these and change it`),
    ),
  ].filter((each) => each !== false)
  if (problems.length > 0) return refuse(problems)
  if (await isTaken(folder, id)) return refuse([unfit('--id', id, `an id that no control of ${folder} has`)])
  return write(folder, controlFiles({ id, item, name, kinds }))
}
