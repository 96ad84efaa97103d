import { readdir, readFile, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import type { Source } from '../manifest/index'
import { type Problem, problem } from '../problem'

/** What is read out of a folder; a file that is named is read whatever it is called. */
const MANIFEST_EXTENSIONS = new Set(['.yaml', '.yml', '.json', '.bicep'])
const SKIPPED_FOLDERS = new Set(['node_modules', '.git'])

export interface Inputs {
  readonly sources: readonly Source[]
  readonly problems: readonly Problem[]
}

const unreadable = (source: string, reason: unknown): Problem =>
  problem('source-unreadable', { source, reason: reason instanceof Error ? reason.message : String(reason) })

const standardInput = async (): Promise<Uint8Array> => {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk))
  return new Uint8Array(Buffer.concat(chunks))
}

/** The manifests below a folder, in the order of their names. */
const filesIn = async (folder: string): Promise<readonly string[]> => {
  const entries = await readdir(folder, { withFileTypes: true })
  const sorted = entries.sort((a, b) => (a.name < b.name ? -1 : 1))
  const nested = await Promise.all(
    sorted.map(async (entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return SKIPPED_FOLDERS.has(entry.name) ? [] : await filesIn(path)
      return MANIFEST_EXTENSIONS.has(extname(entry.name).toLowerCase()) ? [path] : []
    }),
  )
  return nested.flat()
}

const readOne = async (name: string): Promise<Inputs> => {
  try {
    if (name === '-') return { sources: [{ name: 'standard input', text: await standardInput() }], problems: [] }
    if ((await stat(name)).isDirectory()) return readInputs(await filesIn(name))
    return { sources: [{ name, text: new Uint8Array(await readFile(name)) }], problems: [] }
  } catch (error) {
    return { sources: [], problems: [unreadable(name, error)] }
  }
}

/** Reads files, folders and `-`, standard input; what cannot be read is a problem, and the rest is read. */
export const readInputs = async (names: readonly string[]): Promise<Inputs> => {
  const read = await Promise.all(names.map(readOne))
  return { sources: read.flatMap(({ sources }) => sources), problems: read.flatMap(({ problems }) => problems) }
}
